with decided as (
  select
    fact.company_id, fact.ein, fact.employee_id, fact.employee_number, fact.tax_year, fact.month, fact.month_start,
    fact.block_reason, fact.is_employed, fact.is_full_time, fact.is_waiting, fact.lnap, fact.price, fact.price_reason, fact.zip,
    {{ age_on('person.date_of_birth', 'make_date(fact.tax_year, 1, 1)') }} as age,
    form.form, form.form_reason, form.plan_start_month, form.plan_start_reason,
    form.form in ('1095-C', 'unknown') as is_shown,
    line_14.line_14 as computed_14, line_14.rule_14, line_14.reason_14,
    amount.rule_id as rule_15, amount.takes_amount, amount.takes_zip,
    line_16.line_16 as computed_16, line_16.rule_16, line_16.reason_16
  from {{ ref('int_law__aca_fact_month') }} as fact
  inner join {{ ref('int_law__aca_form') }} as form
    on fact.company_id = form.company_id and fact.employee_id = form.employee_id and fact.tax_year = form.tax_year
  {%- for line in ['line_14', 'line_16'] %}
  inner join {{ ref('int_law__aca_' ~ line) }} as {{ line }}
    on fact.company_id = {{ line }}.company_id and fact.employee_id = {{ line }}.employee_id
    and fact.month_start = {{ line }}.month_start
  {%- endfor %}
  inner join {{ ref('int_law__aca_employee_year') }} as person
    on fact.company_id = person.company_id and fact.employee_id = person.employee_id and fact.tax_year = person.tax_year
  left join {{ ref('code_aca_line_15') }} as amount on line_14.line_14 = amount.line_14
),

zip_year as (
  select line_14.company_id, line_14.employee_id, line_14.tax_year
  from {{ ref('int_law__aca_line_14') }} as line_14
  inner join {{ ref('code_aca_line_15') }} as amount on line_14.line_14 = amount.line_14
  where amount.takes_zip
  group by line_14.company_id, line_14.employee_id, line_14.tax_year
),

with_reason as (
  select
    decided.*,
    zip_year.employee_id is not null as has_zip_in_year,
    case
      when not is_shown then null
      when computed_14 is null then reason_14
      when takes_amount and price is null then coalesce(price_reason, 'price_switched')
    end as reason_15,
    case when is_shown then form_reason end as shown_form_reason
  from decided
  left join zip_year
    on decided.company_id = zip_year.company_id and decided.employee_id = zip_year.employee_id and decided.tax_year = zip_year.tax_year
)

select
  with_reason.company_id, with_reason.ein, with_reason.employee_id, with_reason.employee_number,
  with_reason.tax_year, with_reason.month, with_reason.month_start,
  with_reason.is_employed as employed,
  with_reason.is_full_time as full_time,
  with_reason.is_waiting,
  with_reason.lnap,
  case when with_reason.is_shown then with_reason.computed_14 end as line_14,
  case when with_reason.is_shown and with_reason.takes_amount then with_reason.price end as line_15,
  case when with_reason.is_shown then with_reason.computed_16 end as line_16,
  case when with_reason.is_shown and with_reason.takes_zip then with_reason.zip end as line_17,
  case when with_reason.is_shown then with_reason.plan_start_month end as plan_start_month,
  case when with_reason.is_shown and with_reason.has_zip_in_year then cast(with_reason.age as integer) end as age,
  with_reason.rule_14, with_reason.rule_15, with_reason.rule_16,
  with_reason.form,
  with_reason.computed_14, with_reason.computed_16,
  case when with_reason.is_shown then with_reason.reason_14 end as reason_14,
  with_reason.reason_15,
  case when with_reason.is_shown then with_reason.reason_16 end as reason_16,
  with_reason.shown_form_reason as form_reason,
  case when with_reason.is_shown then with_reason.plan_start_reason end as plan_start_reason
from with_reason
