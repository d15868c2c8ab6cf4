with stable_offer as (
  select
    measured.turn_id,
    max(case when offer.coverage_from <= {{ first_of_month_from('measured.initial_stability_from') }}
      and offer.coverage_to >= {{ first_of_month_from('measured.initial_stability_from') }} then 1 else 0 end) as has_offer,
    max(case when offer.coverage_from <= measured.changed_from and offer.coverage_to >= measured.changed_from then 1 else 0 end) as has_changed_offer
  from {{ ref('int_law__aca_measured_month') }} as measured
  inner join {{ ref('int_law__aca_value_offer') }} as offer
    on measured.company_id = offer.company_id and measured.employee_id = offer.employee_id
  where measured.is_initial
  group by measured.turn_id
),

last_day as (
  select company_id, employee_id, service_number, max(span_end) as service_end, max(waited_from) as waited_from
  from {{ ref('int_law__aca_service') }}
  group by company_id, employee_id, service_number
),

judged as (
  select
    employed.employee_id, employed.turn_id,
    case
      when employed.is_employed is null then employed.employed_reason
      when not employed.is_employed then 'no'
      when measured.is_initial and not employed.is_start_known then 'rehire'
      when not employed.is_return and employed.span_start > employed.month_start and employed.is_start_known
        and not coalesce(value_of.has_value, false) then 'L6'
      when measured.is_initial then
        case
          when measured.changed_from is not null and {{ month_end('employed.month_start') }} >= eligible.eligible_from then
            case
              when last_day.service_end < measured.changed_from or coalesce(stable_offer.has_changed_offer, 0) = 1 then 'L5'
              when measured.changed_from > {{ as_of() }} then 'offer_pending'
              else 'no'
            end
          when last_day.service_end < measured.initial_stability_from then 'L4'
          when measured.initial_reason = 'measure_open' or measured.initial_stability_from > {{ as_of() }} then 'L4'
          when measured.is_initial_full_time = false or coalesce(stable_offer.has_offer, 0) = 1 then 'L4'
          when measured.is_initial_full_time then 'no'
          else coalesce(measured.initial_reason, 'hours_missing')
        end
      when first_year.is_relieved and measured.is_full_time is null then measured.measure_reason
      when first_year.is_relieved and first_year.has_doubt = 1 then 'plan_value'
      when first_year.is_relieved and (first_year.has_offer_in_time = 1 or last_day.service_end < first_year.offer_by) then 'L1'
      when first_year.is_relieved and {{ as_of() }} < first_year.offer_by then 'offer_pending'
      when value_of.has_value then 'no'
      when not employed.is_start_known and employed.month_start < last_day.waited_from then 'rehire'
      when value_of.has_value is null then value_of.value_reason
      when measured.is_full_time is null and person.full_time_basis = 'class' then measured.measure_reason
      when measured.is_full_time = false and eligible.employee_id is null then 'no'
      when eligible.employee_id is null then case when measured.is_full_time is null then measured.measure_reason else 'no' end
      when eligible.is_by_class and not eligible.is_by_expectation and employed.employment_class <> 'full_time' then 'no'
      when employed.month_start > eligible.window_end then 'no'
      when {{ month_end('employed.month_start') }} < eligible.eligible_from then 'no'
      when eligible.is_later and employed.month_start < {{ first_of_month_from('eligible.eligible_from') }} then 'no'
      when policy.method = 'look_back' and eligible.is_later then 'no'
      when eligible.has_doubt then 'plan_value'
      when eligible.value_from <= employed.month_start then 'no'
      when not eligible.is_by_class and eligible.is_later and eligible.service_start < eligible.known_from
        and eligible.value_from <= eligible.offer_by then 'class_change'
      when eligible.value_from <= eligible.offer_by or eligible.is_excused then 'L2'
      when eligible.value_from is null and {{ as_of() }} <= eligible.window_end then 'offer_pending'
      else 'no'
    end as answer,
    coalesce(policy.method, 'monthly') as method
  from {{ ref('int_law__aca_employed_month') }} as employed
  inner join {{ ref('int_law__aca_value_month') }} as value_of
    on employed.turn_id = value_of.turn_id
  inner join {{ ref('int_law__aca_measured_month') }} as measured
    on employed.turn_id = measured.turn_id
  inner join {{ ref('int_law__aca_employee_year') }} as person
    on employed.company_id = person.company_id and employed.employee_id = person.employee_id and employed.tax_year = person.tax_year
  left join {{ ref('int_law__aca_policy_month') }} as policy
    on employed.turn_id = policy.turn_id
  left join {{ ref('int_law__aca_eligible_service') }} as eligible
    on employed.company_id = eligible.company_id and employed.employee_id = eligible.employee_id
    and employed.service_number = eligible.service_number
  left join last_day
    on employed.company_id = last_day.company_id and employed.employee_id = last_day.employee_id
    and employed.service_number = last_day.service_number
  left join {{ ref('int_law__aca_first_year_month') }} as first_year
    on employed.turn_id = first_year.turn_id
  left join stable_offer
    on employed.turn_id = stable_offer.turn_id
)

select
  employee_id, turn_id,
  case when answer in ('L1', 'L2', 'L4', 'L5', 'L6') then true when answer = 'no' then false end as is_waiting,
  case when answer = 'L2' and method = 'look_back' then 'L3' when answer in ('L1', 'L2', 'L4', 'L5', 'L6') then answer end as lnap,
  case when answer not in ('L1', 'L2', 'L4', 'L5', 'L6', 'no') then answer end as waiting_reason
from judged
