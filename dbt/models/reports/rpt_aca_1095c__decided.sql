with month_row as (
  select
    decided.*,
    case when reason_15 is distinct from reason_14 then reason_15 end as other_15,
    case when reason_16 is distinct from reason_14 and reason_16 is distinct from reason_15 then reason_16 end as other_16,
    case when form_reason is distinct from reason_14 and form_reason is distinct from reason_15
      and form_reason is distinct from reason_16 then form_reason end as other_form
  from {{ ref('int_law__aca_decided_month') }} as decided
)

select
  month_row.company_id,
  month_row.employee_id,
  month_row.tax_year,
  month_row.ein,
  month_row.employee_number,
  month_row.month,
  month_row.last_month,
  month_row.employed,
  month_row.full_time,
  month_row.is_waiting as lnap,
  month_row.lnap as lnap_id,
  month_row.line_14,
  cast(month_row.line_15 as decimal(12,2)) as line_15,
  month_row.line_16,
  month_row.line_17,
  month_row.plan_start_month,
  month_row.age,
  month_row.rule_14,
  month_row.rule_15,
  month_row.rule_16,
  month_row.form,
  nullif(substr(
    {%- for key in ['r14', 'r15', 'r16', 'rform'] %}
    coalesce('; ' || {{ key }}.missing || ': ' || {{ key }}.words, ''){{ ' ||' if not loop.last }}
    {%- endfor %}, 3), '') as unknown_reason,
  month_row.computed_14,
  month_row.computed_16,
  month_row.reason_14 is not null as is_line_14_unknown,
  month_row.reason_15 is not null as is_line_15_unknown,
  month_row.reason_16 is not null as is_line_16_unknown,
  month_row.plan_start_reason is not null as is_plan_start_unknown
from month_row
left join {{ ref('code_aca_refusal') }} as r14 on month_row.reason_14 = r14.refusal_id
left join {{ ref('code_aca_refusal') }} as r15 on month_row.other_15 = r15.refusal_id
left join {{ ref('code_aca_refusal') }} as r16 on month_row.other_16 = r16.refusal_id
left join {{ ref('code_aca_refusal') }} as rform on month_row.other_form = rform.refusal_id
