with line_item as (
  {%- for line in ['14', '15', '16'] %}
  select company_id, employee_id, tax_year, employee_number, month, 'line {{ line }}' as box, reason_{{ line }} as refusal_id
  from {{ ref('int_law__aca_employee_month') }}
  where reason_{{ line }} is not null and reason_{{ line }} <> 'month_open'
  union all
  {%- endfor %}
  select company_id, employee_id, tax_year, employee_number, month, 'plan start month' as box, plan_start_reason as refusal_id
  from {{ ref('int_law__aca_employee_month') }}
  where plan_start_reason is not null
  union all
  select company_id, employee_id, tax_year, employee_number, month, 'form' as box, form_reason as refusal_id
  from {{ ref('int_law__aca_employee_month') }}
  where form_reason is not null and form_reason <> 'month_open'
),

identity_item as (
  select company_id, employee_id, tax_year, employee_number,
    case when survivor_reason is null then 'line 2' else 'line 1' end as box,
    case when survivor_reason is not null then survivor_reason when is_survivor then 'survivor_identity' else 'identity_missing' end as refusal_id
  from {{ ref('int_law__aca_recipient') }} where ssn is null
  union all
  select company_id, employee_id, tax_year, employee_number, 'lines 3 to 6' as box, 'address_missing' as refusal_id
  from {{ ref('rpt_aca_1095c__recipient') }} where street is null or city is null or state is null or country_and_zip is null
  union all
  select company_id, employee_id, tax_year, employee_number, 'lines 7 to 13' as box, 'employer_missing' as refusal_id
  from {{ ref('rpt_aca_1095c__recipient') }}
  where employer_name is null or employer_ein is null or employer_street is null or employer_phone is null
    or employer_city is null or employer_state is null or employer_country_and_zip is null
  union all
  select company_id, employee_id, tax_year, employee_number, 'Part III' as box, 'dependent_identity' as refusal_id
  from {{ ref('rpt_aca_1095c__covered_individual') }}
  where form = '1095-C' and ((ssn is null and date_of_birth is null) or first_name is null or last_name is null)
  union all
  select company_id, employee_id, tax_year, employee_number, 'Part III' as box, part_3_reason as refusal_id
  from {{ ref('int_law__aca_form') }} where form = '1095-C' and part_3_reason is not null and part_3_reason <> 'month_open'
  union all
  select company_id, employee_id, tax_year, employee_number, 'Part III' as box, family_reason as refusal_id
  from {{ ref('int_law__aca_family') }} where family_reason is not null and form = '1095-C'
),

item as (
  select company_id, employee_id, tax_year, employee_number, box, refusal_id, min(month) as first_month, max(month) as last_month,
    count(*) as month_count
  from line_item
  group by company_id, employee_id, tax_year, employee_number, box, refusal_id
  union all
  select company_id, employee_id, tax_year, employee_number, box, refusal_id, 1 as first_month, 12 as last_month,
    cast(12 as bigint) as month_count
  from identity_item
  group by company_id, employee_id, tax_year, employee_number, box, refusal_id
)

select
  item.company_id,
  item.employee_id,
  item.tax_year,
  item.employee_number,
  item.box,
  cast(item.first_month as integer) as first_month,
  cast(item.last_month as integer) as last_month,
  cast(item.month_count as integer) as month_count,
  item.refusal_id,
  refusal.missing,
  refusal.words,
  refusal.owner
from item
inner join {{ ref('code_aca_refusal') }} as refusal on item.refusal_id = refusal.refusal_id
where make_date(item.tax_year, 12, 31) <= {{ as_of() }}
