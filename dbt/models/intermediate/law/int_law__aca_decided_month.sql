with decided as (
  select
    fact.turn_id, fact.company_id, person.ein, fact.employee_id, person.employee_number, fact.tax_year, fact.month, fact.last_month, fact.month_start,
    fact.block_reason, fact.is_employed, fact.is_full_time, fact.is_waiting, fact.lnap, fact.price, fact.price_reason, fact.zip,
    {{ age_on('person.date_of_birth', 'make_date(fact.tax_year, 1, 1)') }} as age,
    form.form, form.form_reason, form.plan_start_month, form.plan_start_reason,
    form.form in ('1095-C', 'unknown') as is_shown,
    line_14.line_14 as computed_14, line_14.rule_14 as computed_rule_14, line_14.reason_14,
    line_16.line_16 as computed_16, line_16.rule_16 as computed_rule_16, line_16.reason_16,
    {{ override_state('override', '14', "coalesce(line_14.line_14, 'unknown')") }},
    {{ override_state('override', '16', "case when line_16.rule_16 is null then 'unknown' else coalesce(line_16.line_16, 'blank') end") }}
    {%- for line in ['14', '15', '16', '17'] %},
    override.is_overridden_{{ line }}, override.value_{{ line }}, override.replaced_{{ line }}
    {%- endfor %}
  from {{ ref('int_law__aca_fact_month') }} as fact
  inner join {{ ref('int_law__aca_form') }} as form
    on fact.company_id = form.company_id and fact.employee_id = form.employee_id and fact.tax_year = form.tax_year
  {%- for line in ['line_14', 'line_16'] %}
  inner join {{ ref('int_law__aca_' ~ line) }} as {{ line }}
    on fact.turn_id = {{ line }}.turn_id
  {%- endfor %}
  inner join {{ ref('int_law__aca_employee_year') }} as person
    on fact.company_id = person.company_id and fact.employee_id = person.employee_id and fact.tax_year = person.tax_year
  left join {{ ref('int_law__aca_override_month') }} as override
    on fact.company_id = override.company_id and fact.employee_id = override.employee_id and fact.month_start = override.month_start
),

coded as (
  select
    decided.*,
    case override_14 when 'stale' then null when 'in_force' then value_14 else computed_14 end as code_14,
    case override_16 when 'stale' then null when 'in_force' then value_16 else computed_16 end as code_16,
    override_16 = 'stale' or (override_16 is null and computed_rule_16 is null) as is_unknown_16
  from decided
),

paired as (
  select
    coded.*,
    pair.verdict = 'invalid' and (override_14 = 'in_force' or override_16 = 'in_force') as is_bad_pair
  from coded
  left join {{ ref('code_aca_combination') }} as pair
    on coded.code_14 = pair.line_14
    and case when coded.is_unknown_16 then null else coalesce(coded.code_16, 'blank') end = pair.line_16
),

lined as (
  select
    turn_id, company_id, ein, employee_id, employee_number, tax_year, month, last_month, month_start, is_employed, is_full_time, is_waiting, lnap,
    price, price_reason, zip, age, form, form_reason, plan_start_month, plan_start_reason, is_shown, computed_14, computed_16
    {%- for line in ['14', '16'] %},
    case when is_bad_pair and override_{{ line }} = 'in_force' then 'pair' else override_{{ line }} end as override_{{ line }},
    case when is_bad_pair and override_{{ line }} = 'in_force' then null else code_{{ line }} end as code_{{ line }},
    case when override_{{ line }} = 'in_force' then 'OVERRIDE' else computed_rule_{{ line }} end as rule_{{ line }},
    case
      when override_{{ line }} = 'stale' then 'override_stale'
      when override_{{ line }} = 'in_force' and is_bad_pair then 'override_pair'
      when override_{{ line }} is null then reason_{{ line }}
    end as reason_{{ line }}
    {%- endfor %},
    is_unknown_16 or coalesce(is_bad_pair and override_16 = 'in_force', false) as is_unknown_16
    {%- for line in ['15', '17'] %},
    is_overridden_{{ line }}, value_{{ line }}, replaced_{{ line }}
    {%- endfor %}
  from paired
),

priced as (
  select
    lined.*, amount.rule_id as computed_rule_15, amount.takes_amount, amount.takes_zip,
    case when amount.takes_amount then cast(lined.price as decimal(12,2)) end as computed_15,
    case when amount.takes_zip then lined.zip end as computed_17,
    {%- for line, takes, value in [('15', 'takes_amount', 'cast(cast(lined.price as decimal(12,2)) as string)'), ('17', 'takes_zip', 'lined.zip')] %}
    {{ override_state('lined', line, "case when lined.code_14 is null then 'unknown' when amount." ~ takes ~ " then coalesce(" ~ value ~ ", 'unknown') else 'blank' end") }}{{ ',' if not loop.last }}
    {%- endfor %}
  from lined
  left join {{ ref('code_aca_line_15') }} as amount on lined.code_14 = amount.line_14
),

zip_year as (
  select company_id, employee_id, tax_year from priced where takes_zip group by company_id, employee_id, tax_year
),

with_reason as (
  select
    priced.*,
    zip_year.employee_id is not null as has_zip_in_year,
    case
      when not is_shown or override_15 in ('in_force', 'agreed') then null
      when override_15 = 'stale' then 'override_stale'
      when code_14 is null then reason_14
      when takes_amount and price is null then coalesce(price_reason, 'price_switched')
    end as reason_15,
    case when is_shown then form_reason end as shown_form_reason
  from priced
  left join zip_year
    on priced.company_id = zip_year.company_id and priced.employee_id = zip_year.employee_id and priced.tax_year = zip_year.tax_year
)

select
  with_reason.turn_id, with_reason.company_id, with_reason.ein, with_reason.employee_id, with_reason.employee_number,
  with_reason.tax_year, with_reason.month, with_reason.last_month, with_reason.month_start,
  with_reason.is_employed as employed,
  with_reason.is_full_time as full_time,
  with_reason.is_waiting,
  with_reason.lnap,
  case when with_reason.is_shown then with_reason.code_14 end as line_14,
  case
    when not with_reason.is_shown or with_reason.override_15 = 'stale' then null
    when with_reason.override_15 = 'in_force' then {{ text_to_decimal('with_reason.value_15') }}
    else with_reason.computed_15
  end as line_15,
  case when with_reason.is_shown then with_reason.code_16 end as line_16,
  case
    when not with_reason.is_shown or with_reason.override_17 = 'stale' then null
    when with_reason.override_17 = 'in_force' then with_reason.value_17
    else with_reason.computed_17
  end as line_17,
  case when with_reason.is_shown then with_reason.plan_start_month end as plan_start_month,
  case when with_reason.is_shown and with_reason.has_zip_in_year then cast(with_reason.age as integer) end as age,
  with_reason.rule_14,
  case when with_reason.override_15 = 'in_force' then 'OVERRIDE' else with_reason.computed_rule_15 end as rule_15,
  with_reason.rule_16,
  with_reason.form,
  with_reason.computed_14, with_reason.computed_16,
  with_reason.code_14 as decided_14, with_reason.code_16 as decided_16, with_reason.is_unknown_16,
  {%- for line in ['14', '15', '16', '17'] %}
  case when with_reason.is_shown then with_reason.override_{{ line }} end as override_{{ line }},
  {%- endfor %}
  case when with_reason.is_shown then with_reason.reason_14 end as reason_14,
  with_reason.reason_15,
  case when with_reason.is_shown then with_reason.reason_16 end as reason_16,
  with_reason.shown_form_reason as form_reason,
  case when with_reason.is_shown then with_reason.plan_start_reason end as plan_start_reason
from with_reason
