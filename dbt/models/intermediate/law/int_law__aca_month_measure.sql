with covered as (
  select
    employed.turn_id,
    cast(sum({{ shared_days('covered.span_start', 'covered.span_end', 'employed.month_start', 'employed.month_end') }}) as integer) as covered_days
  from {{ ref('int_law__aca_employed_month') }} as employed
  inner join {{ ref('int_law__aca_hours_covered') }} as covered
    on employed.company_id = covered.company_id and employed.employee_id = covered.employee_id
    and covered.span_start <= employed.month_end and covered.span_end >= employed.month_start
  group by employed.turn_id
),

needed as (
  select
    employed.turn_id,
    week.credited_hours, week.week_count, week.is_unusable, week.weeks_in_month,
    {% for number in range(0, 5) -%}
    case when {{ number }} < week.weeks_in_month
      and {{ add_days('week.first_week_end', 7 * number) }} >= employed.span_start
      and {{ add_days('week.first_week_end', 7 * number - 6) }} <= employed.span_end then 1 else 0 end{{ ' + ' if not loop.last }}
    {%- endfor %} as weeks_needed
  from {{ ref('int_law__aca_employed_month') }} as employed
  inner join {{ ref('int_law__aca_week_month') }} as week
    on employed.company_id = week.company_id and employed.employee_id = week.employee_id and employed.month_start = week.month_start
),

judged as (
  select
    employed.company_id, employed.employee_id, employed.turn_id, employed.tax_year, employed.month, employed.month_start,
    case
      when employed.is_employed is null then employed.employed_reason
      when not employed.is_employed then 'no'
      when not known.has_hours_of_service then 'hours_absent'
      when policy.policy_reason is not null then policy.policy_reason
      when coalesce(policy.is_weekly and policy.method = 'monthly', false) then
        case
          when needed.turn_id is null then 'hours_missing'
          when needed.is_unusable then 'measurement_weekly'
          when hours.hours_reason is not null then hours.hours_reason
          when needed.credited_hours >= case when needed.weeks_in_month = 5 then law.full_time_hours_five_weeks
            else law.full_time_hours_four_weeks end then 'yes'
          when elsewhere.employee_id is not null then 'group_hours'
          when not known.is_complete_hours_of_service or needed.week_count < needed.weeks_needed then 'hours_missing'
          else 'no'
        end
      when hours.hours_reason is not null then hours.hours_reason
      when hours.credited_hours + coalesce(elsewhere.credited_hours, 0) >= law.full_time_hours_month then 'yes'
      when elsewhere.hours_reason is not null then 'group_hours'
      when not known.is_complete_hours_of_service or coalesce(covered.covered_days, 0) < employed.employed_days then 'hours_missing'
      else 'no'
    end as answer
  from {{ ref('int_law__aca_employed_month') }} as employed
  inner join {{ ref('int_law__aca_known_month') }} as known
    on employed.company_id = known.company_id and employed.month_start = known.month_start
  inner join {{ ref('int_law__by_tax_year') }} as law on employed.tax_year = law.tax_year
  left join {{ ref('int_law__aca_hours_month') }} as hours
    on employed.company_id = hours.company_id and employed.employee_id = hours.employee_id and employed.month_start = hours.month_start
  left join {{ ref('int_law__aca_group_hours_month') }} as elsewhere
    on employed.company_id = elsewhere.company_id and employed.employee_id = elsewhere.employee_id and employed.month_start = elsewhere.month_start
  left join {{ ref('int_law__aca_policy_month') }} as policy
    on employed.turn_id = policy.turn_id
  left join covered
    on employed.turn_id = covered.turn_id
  left join needed
    on employed.turn_id = needed.turn_id
)

select
  company_id, employee_id, turn_id, tax_year, month, month_start,
  case answer when 'yes' then true when 'no' then false end as is_full_time,
  case when answer not in ('yes', 'no') then answer end as measure_reason
from judged
