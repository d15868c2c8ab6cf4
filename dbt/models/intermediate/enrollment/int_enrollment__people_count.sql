with spine as (
  select * from {{ ref('int_enrollment__month') }}
  where month_start <= {{ as_of() }}
),

covered_person as (
  select coverage.company_id, coverage.provider_config_id, coverage.person_key, spine.year, spine.month_start
  from {{ ref('int_enrollment__coverage_interval') }} as coverage
  inner join spine
    on coverage.covered_from <= spine.month_end
    and {{ open_end('coverage.covered_to') }} >= spine.month_start
  where coverage.is_covered and coverage.person_key is not null
  group by coverage.company_id, coverage.provider_config_id, coverage.person_key, spine.year, spine.month_start
),

offered_person as (
  select offer.company_id, offer.provider_config_id, offer.person_key, spine.year, spine.month_start
  from {{ ref('int_enrollment__offer_interval') }} as offer
  inner join spine
    on offer.coverage_from <= spine.month_end
    and {{ open_end('offer.coverage_to') }} >= spine.month_start
    and {{ open_end('offer.coverage_to') }} >= offer.coverage_from
  group by offer.company_id, offer.provider_config_id, offer.person_key, spine.year, spine.month_start
),

{% for kind in ['covered', 'offered'] %}
scoped_{{ kind }} as (
  select company_id, provider_config_id as scope_key, person_key, year, month_start
  from {{ kind }}_person
  where provider_config_id is not null
  union all
  select company_id, '' as scope_key, person_key, year, month_start
  from {{ kind }}_person
  group by company_id, person_key, year, month_start
),

{{ kind }}_year as (
  select company_id, scope_key, person_key, year, min(month_start) as month_start
  from scoped_{{ kind }}
  group by company_id, scope_key, person_key, year
),
{% endfor %}
figure as (
  select company_id, scope_key, month_start, 'covered' as figure, count(*) as people
  from scoped_covered group by company_id, scope_key, month_start
  union all
  select company_id, scope_key, month_start, 'offered' as figure, count(*) as people
  from scoped_offered group by company_id, scope_key, month_start
  union all
  select scoped_covered.company_id, scoped_covered.scope_key, scoped_covered.month_start,
    'both' as figure, count(*) as people
  from scoped_covered
  inner join scoped_offered
    on scoped_covered.company_id = scoped_offered.company_id
    and scoped_covered.scope_key = scoped_offered.scope_key
    and scoped_covered.person_key = scoped_offered.person_key
    and scoped_covered.month_start = scoped_offered.month_start
  group by scoped_covered.company_id, scoped_covered.scope_key, scoped_covered.month_start
  union all
  select company_id, scope_key, month_start, 'covered_first' as figure, count(*) as people
  from covered_year group by company_id, scope_key, month_start
  union all
  select company_id, scope_key, month_start, 'offered_first' as figure, count(*) as people
  from offered_year group by company_id, scope_key, month_start
  union all
  select covered_year.company_id, covered_year.scope_key,
    case when covered_year.month_start > offered_year.month_start
      then covered_year.month_start else offered_year.month_start end as month_start,
    'both_first' as figure, count(*) as people
  from covered_year
  inner join offered_year
    on covered_year.company_id = offered_year.company_id
    and covered_year.scope_key = offered_year.scope_key
    and covered_year.person_key = offered_year.person_key
    and covered_year.year = offered_year.year
  group by covered_year.company_id, covered_year.scope_key,
    case when covered_year.month_start > offered_year.month_start
      then covered_year.month_start else offered_year.month_start end
)

select
  company_id,
  scope_key,
  month_start,
{%- for figure in ['covered', 'offered', 'both', 'covered_first', 'offered_first', 'both_first'] %}
  sum(case when figure = '{{ figure }}' then people else 0 end) as {{ figure }}{{ ',' if not loop.last }}
{%- endfor %}
from figure
group by company_id, scope_key, month_start
