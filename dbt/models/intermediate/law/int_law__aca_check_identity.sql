{# Taxpayer numbers, names and dates of birth on filled forms. #}
with recipient as (
  select
    company_id, employee_id, tax_year, first_name, last_name, ssn, is_specimen,
    count(*) over (partition by company_id, tax_year, ssn) as bearers
  from {{ ref('int_law__aca_recipient') }}
),

listed as (
  select
    form.company_id, form.employee_id, form.tax_year,
    person.first_name, person.last_name, person.ssn, person.date_of_birth, person.covered_from,
    law.age_limit
  from {{ ref('int_law__aca_form') }} as form
  inner join {{ ref('int_law__by_tax_year') }} as law on form.tax_year = law.tax_year
  inner join {{ ref('int_law__aca_covered_person') }} as person
    on form.company_id = person.company_id and form.employee_id = person.employee_id
    and person.covered_from <= make_date(form.tax_year, 12, 31) and person.covered_to >= make_date(form.tax_year, 1, 1)
    and person.covered_from <= person.covered_to
  where form.form = '1095-C'
)

select company_id, employee_id, tax_year, 'I001' as rule_id
from recipient
where not {{ is_valid_ssn('ssn', 'is_specimen') }}
union all
select company_id, employee_id, tax_year, 'I002' as rule_id
from recipient
where ssn is not null and bearers > 1
union all
select company_id, employee_id, tax_year, 'I003' as rule_id
from recipient
where coalesce(trim(first_name), '') = '' or coalesce(trim(last_name), '') = ''
{%- for rule_id, condition in {
  'I004': "ssn is not null and (length(ssn) <> 9 or substr(ssn, 1, 3) in ('000', '666') or substr(ssn, 4, 2) = '00' or substr(ssn, 6, 4) = '0000')",
  'I005': 'ssn is null and (year(date_of_birth) > tax_year or year(date_of_birth) < tax_year - age_limit)',
  'I006': month_start('date_of_birth') ~ ' > ' ~ later('covered_from', 'make_date(tax_year, 1, 1)'),
  'I007': "coalesce(trim(first_name), '') = '' or coalesce(trim(last_name), '') = ''",
}.items() %}
union all
select company_id, employee_id, tax_year, '{{ rule_id }}' as rule_id
from listed
where {{ condition }}
group by company_id, employee_id, tax_year
{%- endfor %}
