with month_of_form as (
  select form.*, {{ month_end('form.month_start') }} as month_end
  from {{ ref('int_law__aca_checked_month') }} as form
),

listed as (
  select company_id, employee_id, is_employee, covered_from, covered_to,
    case when ssn is null and date_of_birth is null then 1 else 0 end as is_nameless
  from {{ ref('int_law__aca_covered_person') }}
  where covered_from <= covered_to
),

month_listed as (
  select
    form.company_id, form.employee_id, form.month_start,
    max(case when listed.is_employee then 1 else 0 end) as has_employee,
    max(listed.is_nameless) as has_nameless
  from month_of_form as form
  inner join listed
    on form.company_id = listed.company_id and form.employee_id = listed.employee_id
    and listed.covered_from <= form.month_end and listed.covered_to >= form.month_start
  group by form.company_id, form.employee_id, form.month_start
),

year_of_form as (
  select
    form.company_id, form.employee_id, form.tax_year,
    sum(case when form.line_14 = '1G' then 1 else 0 end) as months_1g,
    max(case when form.line_14 = '1G' and (form.line_15 is not null or form.line_16 is not null or form.line_17 is not null)
      then 1 else 0 end) as has_more_than_1g,
    max(case when form.line_16 = '2F' then 1 else 0 end) as has_2f,
    max(case when form.takes_amount and form.is_full_time and form.is_enrolled = false and form.is_waiting = false
      and coalesce(form.is_offer_share_met, true) and coalesce(form.line_16, form.reason_16, '') not in ('2F', '2B', '2C', '2D', '2E')
      then 1 else 0 end) as has_other_than_2f,
    max(case when form.is_enrolled and form.is_ichra then 1 else 0 end) as has_ichra,
    max(case when form.is_enrolled and form.is_self_insured and coalesce(form.is_employed, true) and coalesce(month_listed.has_employee, 0) = 0 then 1 else 0 end) as has_unticked,
    max(case when month_listed.employee_id is null then 0 else 1 end) as has_listed,
    max(coalesce(month_listed.has_nameless, 0)) as has_nameless,
    sum(case when form.line_16 in ('2A', '2D') then 1 else 0 end) as months_excluded
  from month_of_form as form
  left join month_listed
    on form.company_id = month_listed.company_id and form.employee_id = month_listed.employee_id
    and form.month_start = month_listed.month_start
  group by form.company_id, form.employee_id, form.tax_year
),

judged as (
  select year_of_form.*, whole_year.is_ever_full_time, whole_year.is_ever_self_insured, person.is_form_for_everyone
  from year_of_form
  inner join {{ ref('int_law__aca_whole_year') }} as whole_year
    on year_of_form.company_id = whole_year.company_id and year_of_form.employee_id = whole_year.employee_id
    and year_of_form.tax_year = whole_year.tax_year
  inner join {{ ref('int_law__aca_employee_year') }} as person
    on year_of_form.company_id = person.company_id and year_of_form.employee_id = person.employee_id
    and year_of_form.tax_year = person.tax_year
)
{%- for rule_id, condition in {
  'C007': 'months_1g > 0 and (months_1g < 12 or has_more_than_1g = 1 or has_listed = 0)',
  'C012': 'has_2f = 1 and has_other_than_2f = 1',
  'C017': 'has_ichra = 1 and has_listed = 0',
  'C022': 'months_excluded = 12 and is_ever_self_insured = false and not is_form_for_everyone',
  'C023': 'is_ever_full_time = false and is_ever_self_insured = false and not is_form_for_everyone',
  'C025': 'has_nameless = 1',
  'C027': 'has_unticked = 1',
}.items() %}
{{ 'union all' if not loop.first }}
select company_id, employee_id, tax_year, '{{ rule_id }}' as rule_id
from judged
where {{ condition }}
{%- endfor %}
