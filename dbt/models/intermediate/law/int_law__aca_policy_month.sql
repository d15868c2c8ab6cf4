{%- set keys = ['employment_class', 'is_union', 'bargaining_unit', 'worksite_state', 'employee_class', 'pay_basis'] -%}
with condition as (
  select
    policy.*
    {%- for key in keys %},
    lower({{ json_text('condition_document', key) }}) as {{ key }}_condition
    {%- endfor %}
  from {{ ref('int_law__aca_policy') }} as policy
),

basis as (
  select place.turn_id, min(rate.basis) as pay_basis
  from {{ ref('int_law__aca_employed_month') }} as place
  inner join {{ ref('stg_hr__pay_rate') }} as rate
    on place.company_id = rate.company_id and place.employee_id = rate.employee_id
    and rate.from_date <= place.month_end and {{ open_end('rate.to_date') }} >= place.month_start
    and rate.from_date <= {{ open_end('rate.to_date') }}
  inner join (select company_id from condition where pay_basis_condition is not null group by company_id) as policy
    on place.company_id = policy.company_id
  where place.is_employed
  group by place.turn_id
),

candidate as (
  select
    employed.employee_id, employed.turn_id, employed.employment_class, employed.is_union,
    employed.bargaining_unit, employed.worksite_state, employed.employee_class, employed.pay_basis,
    policy.measurement_policy_id, policy.known_keys, policy.has_unread_condition, policy.valid_from
    {%- for key in keys %}, policy.{{ key }}_condition{% endfor %}
  from (
    select
      place.company_id, place.employee_id, place.turn_id, place.month_start, place.month_end, place.employment_class,
      case when place.is_union then 'true' else 'false' end as is_union,
      place.bargaining_unit, place.worksite_state, place.employee_class,
      case basis.pay_basis when 'hourly' then 'hourly' when 'salary_monthly' then 'salaried' end as pay_basis
    from {{ ref('int_law__aca_employed_month') }} as place
    left join basis
      on place.turn_id = basis.turn_id
    where place.is_employed
  ) as employed
  inner join condition as policy
    on employed.company_id = policy.company_id
    and policy.valid_from <= employed.month_end and policy.valid_to >= employed.month_start
),

matching as (
  select candidate.*
  from candidate
  where has_unread_condition
    or ({% for key in keys -%}
    {{ names_value(key ~ '_condition', key) }}{{ ' and ' if not loop.last }}
    {%- endfor %})
),

ranked as (
  select
    matching.*,
    max(case when has_unread_condition then 1 else 0 end) over (partition by turn_id) as has_unread,
    row_number() over (
      partition by turn_id
      order by known_keys desc, valid_from desc, measurement_policy_id
    ) as place
  from matching
)

select
  ranked.employee_id, ranked.turn_id,
  ranked.measurement_policy_id,
  policy.method,
  policy.is_weekly,
  case when ranked.has_unread = 1 then 'policy_group' end as policy_reason
from ranked
inner join {{ ref('int_law__aca_policy') }} as policy on ranked.measurement_policy_id = policy.measurement_policy_id
where ranked.place = 1
