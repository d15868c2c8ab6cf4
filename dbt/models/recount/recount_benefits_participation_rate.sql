with offered as (
  select span.company_id, span.analysis_period, span.period_end, coalesce(person.person_key, offer.employee_id) as person
  from {{ ref('recount__company_period') }} as span
  inner join {{ ref('stg_hr__benefit_offer') }} as offer
    on span.company_id = offer.company_id
    and offer.coverage_from <= span.period_end
    and {{ open_end('offer.coverage_to') }} >= span.period_start
    and {{ open_end('offer.coverage_to') }} >= offer.coverage_from
  left join {{ ref('stg_hr__employee') }} as person on offer.employee_id = person.employee_id
  where span.is_shown
  group by span.company_id, span.analysis_period, span.period_end, coalesce(person.person_key, offer.employee_id)
),

covered as (
  select company_id, analysis_period, period_end, person
  from {{ ref('recount__covered_period') }}
  group by company_id, analysis_period, period_end, person
),

counted as (
  select
    offered.company_id, offered.analysis_period, offered.period_end,
    count(*) as people_offered,
    count(covered.person) as people_both
  from offered
  left join covered
    on offered.company_id = covered.company_id
    and offered.analysis_period = covered.analysis_period
    and offered.period_end = covered.period_end
    and offered.person = covered.person
  group by offered.company_id, offered.analysis_period, offered.period_end
)

select
  people.company_id, '' as item_id, people.analysis_period, people.period_end, 'benefits_participation_rate' as metric_id,
  cast({{ percent('case when people.doubt = 0 then counted.people_both end', 'counted.people_offered') }} as decimal(30,4)) as recount
from {{ ref('recount__coverage_period') }} as people
left join counted
  on people.company_id = counted.company_id
  and people.analysis_period = counted.analysis_period
  and people.period_end = counted.period_end
