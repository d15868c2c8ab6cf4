with employed as (
  select * from {{ ref('int_law__aca_employed_month') }}
),

hours_month as (
  select
    employed.company_id, employed.employee_id, employed.month_start,
    sum({{ divide('hours.hours * ' ~ shared_days('hours.period_start', 'hours.period_end', 'employed.month_start', 'employed.month_end'),
      days_between('hours.period_start', 'hours.period_end') ~ ' + 1', 6) }}) as credited_hours,
    sum({{ shared_days('hours.period_start', 'hours.period_end', 'employed.month_start', 'employed.month_end') }}) as credited_days,
    max(case when coalesce(hours.basis, 'actual') = 'actual' then 0 else 1 end) as has_equivalency
  from employed
  inner join {{ ref('stg_hr__hours_of_service') }} as hours
    on employed.company_id = hours.company_id and employed.employee_id = hours.employee_id
    and hours.period_start <= employed.month_end and hours.period_end >= employed.month_start
  where hours.period_start <= hours.period_end
  group by employed.company_id, employed.employee_id, employed.month_start
),

policy_month as (
  select
    known.company_id, known.month_start,
    max(case when policy.method = 'look_back' then 1 else 0 end) as has_look_back,
    max(case when policy.weekly_rule then 1 else 0 end) as has_weekly_rule
  from {{ ref('int_law__aca_known_month') }} as known
  inner join {{ ref('stg_hr__measurement_policy') }} as policy
    on known.company_id = policy.company_id
    and policy.valid_from <= known.month_end and {{ open_end('policy.valid_to') }} >= known.month_start
  group by known.company_id, known.month_start
),

judged as (
  select
    employed.company_id, employed.employee_id, employed.tax_year, employed.month, employed.month_start,
    employed.is_employed,
    case
      when employed.is_employed is null then employed.employed_reason
      when not employed.is_employed then 'no'
      when person.full_time_basis = 'class' and employed.class_low <> employed.class_high then 'class_mixed'
      when person.full_time_basis = 'class' and employed.class_low = 'full_time' then 'yes'
      when person.full_time_basis = 'class' and employed.class_low = 'part_time' then 'no'
      when person.full_time_basis = 'class' then 'class_undecided'
      when not known.has_hours_of_service then 'hours_absent'
      when coalesce(policy_month.has_look_back, 0) = 1 then 'measurement_look_back'
      when coalesce(policy_month.has_weekly_rule, 0) = 1 then 'measurement_weekly'
      when hours_month.employee_id is null then 'hours_missing'
      when hours_month.has_equivalency = 1 then 'hours_basis'
      when hours_month.credited_days > {{ days_between('employed.month_start', 'employed.month_end') }} + 1 then 'hours_missing'
      when hours_month.credited_hours >= law.full_time_hours_month then 'yes'
      when not known.is_complete_hours_of_service or hours_month.credited_days < employed.employed_days then 'hours_missing'
      else 'no'
    end as answer
  from employed
  inner join {{ ref('int_law__aca_employee_year') }} as person
    on employed.company_id = person.company_id and employed.employee_id = person.employee_id and employed.tax_year = person.tax_year
  inner join {{ ref('int_law__aca_known_month') }} as known
    on employed.company_id = known.company_id and employed.month_start = known.month_start
  inner join {{ ref('int_law__by_tax_year') }} as law on employed.tax_year = law.tax_year
  left join hours_month
    on employed.company_id = hours_month.company_id and employed.employee_id = hours_month.employee_id
    and employed.month_start = hours_month.month_start
  left join policy_month
    on employed.company_id = policy_month.company_id and employed.month_start = policy_month.month_start
)

select
  company_id, employee_id, tax_year, month, month_start,
  case answer when 'yes' then true when 'no' then false end as is_full_time,
  case when answer not in ('yes', 'no') then answer end as full_time_reason
from judged
