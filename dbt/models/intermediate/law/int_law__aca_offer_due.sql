{#- The day from which coverage of minimum value must be offered so that no month is assessable: the fourth full month
   (26 CFR 54.4980H-3(c)(2), (d)(2)(iii)), or the first day of the stability period of who was found full-time
   (54.4980H-3(d)(1)(iii), (d)(3)(iii)). Listed while no offer takes effect by then. -#}
with waiting as (
  select
    service.company_id, service.employee_id,
    'waiting_period' as basis,
    service.eligible_from as since,
    service.offer_by as due_date,
    service.is_excused
  from {{ ref('int_law__aca_eligible_service') }} as service
  inner join {{ ref('int_law__aca_employed_month') }} as employed
    on service.company_id = employed.company_id and service.employee_id = employed.employee_id
    and service.service_number = employed.service_number
    and employed.tax_year = year({{ as_of() }}) and month({{ as_of() }}) between employed.month and employed.last_month
  left join {{ ref('int_law__aca_policy_month') }} as policy
    on employed.turn_id = policy.turn_id
  where service.offer_by > {{ as_of() }} and service.eligible_from <= {{ as_of() }}
    and employed.is_employed and employed.span_end >= {{ as_of() }}
    and (coalesce(policy.method, 'monthly') = 'monthly' or not service.is_later)
    and (service.is_by_class or coalesce(policy.method, 'monthly') = 'monthly')
),

measured as (
  select
    company_id, employee_id,
    kind || '_measurement' as basis,
    measure_from as since,
    {{ first_of_month_from('stability_from') }} as due_date
  from {{ ref('int_law__aca_running_window') }}
  where trend = 'reached' and measure_to <= {{ as_of() }}
),

due as (
  select company_id, employee_id, basis, since, due_date from waiting where not is_excused
  union all
  select company_id, employee_id, basis, since, due_date from measured
),

offered as (
  select
    due.company_id, due.employee_id, due.basis, due.due_date,
    max(case when offer.is_doubtful then 0 else 1 end) as is_certain
  from due
  inner join {{ ref('int_law__aca_value_offer') }} as offer
    on due.company_id = offer.company_id and due.employee_id = offer.employee_id
    and offer.coverage_from <= due.due_date and offer.coverage_to >= due.due_date
  group by due.company_id, due.employee_id, due.basis, due.due_date
)

select
  due.company_id, due.employee_id, due.basis, due.since, due.due_date,
  case
    when {{ table_known('benefit_offer') }} = 0 then 'offer_absent'
    when offered.is_certain = 0 then 'plan_value'
  end as due_reason
from due
left join offered
  on due.company_id = offered.company_id and due.employee_id = offered.employee_id
  and due.basis = offered.basis and due.due_date = offered.due_date
where coalesce(offered.is_certain, 0) = 0
