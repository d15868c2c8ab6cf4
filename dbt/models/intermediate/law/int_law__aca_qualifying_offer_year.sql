{# The method may be certified for an offer that qualifies to one full-time employee or more, in every month in which the
   employee was full-time and outside a limited non-assessment period: Instructions for Forms 1094-C and 1095-C, line 22. #}
with declared as (
  select company_id, tax_year
  from {{ ref('stg_hr__aca_employer_year') }}
  where qualifying_offer_method
  group by company_id, tax_year
),

person_month as (
  select
    fact.company_id, fact.employee_id, fact.tax_year,
    case
      when fact.block_reason is not null then 'unknown'
      when fact.is_employed = false or fact.is_waiting or fact.is_full_time = false or fact.is_relieved or fact.is_cut_by_termination then 'out'
      when fact.is_offered = false or fact.is_minimum_value = false or fact.is_ichra or fact.spouse in ('none', 'conditional')
        or fact.is_dependents = false or affordable.is_within_mainland_limit = false then 'missed'
      when fact.is_employed and fact.is_waiting = false and fact.is_full_time and fact.is_offered and fact.is_minimum_value
        and fact.spouse = 'offered' and fact.is_dependents and affordable.is_within_mainland_limit then 'kept'
      else 'unknown'
    end as answer
  from declared
  inner join {{ ref('int_law__aca_fact_month') }} as fact
    on declared.company_id = fact.company_id and declared.tax_year = fact.tax_year
  left join {{ ref('int_law__aca_affordable_month') }} as affordable
    on fact.facts_id = affordable.turn_id and fact.month between affordable.month and affordable.last_month
),

person as (
  select
    company_id, employee_id, tax_year,
    max(case when answer = 'missed' then 1 else 0 end) = 1 as has_missed,
    max(case when answer = 'unknown' then 1 else 0 end) = 1 as has_unknown,
    max(case when answer = 'kept' then 1 else 0 end) = 1 as has_kept
  from person_month
  group by company_id, employee_id, tax_year
)

select
  company_id, tax_year,
  case
    when max(case when has_kept and not has_missed and not has_unknown then 1 else 0 end) = 1 then true
    when max(case when has_unknown and not has_missed then 1 else 0 end) = 0 then false
  end as is_qualifying_offer_made
from person
group by company_id, tax_year
