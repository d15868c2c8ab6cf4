{# Part III of Form 1095-C and Part IV of Form 1095-B: who was covered on a day of which month. The first listed gets the form: the
   employee, else the spouse, else the only survivor. Form 1095-B names the origin on line 8: B, and G of an individual coverage
   arrangement (Instructions for Forms 1094-B and 1095-B, line 8). #}
with person as (
  select
    covered.*,
    case
      when is_employee then 'employee'
      else coalesce(ssn, lower(coalesce(first_name, '') || '|' || coalesce(last_name, '') || '|' || coalesce(cast(date_of_birth as string), '')))
    end as identity_key
  from {{ ref('int_law__aca_covered_person') }} as covered
  where covered_from <= covered_to
),

person_month as (
  select
    person.company_id, person.employee_id, person.identity_key, month_of_year.tax_year, month_of_year.month,
    min(case when person.is_employee then 0 when person.relationship in ('spouse', 'domestic_partner', 'domestic partner') then 1 else 2 end) as rank_in_family,
    max(person.first_name) as first_name, max(person.middle_name) as middle_name, max(person.last_name) as last_name,
    max(person.suffix) as suffix, max(person.ssn) as ssn, max(person.date_of_birth) as date_of_birth,
    max(case when person.is_ichra then 1 else 0 end) as has_ichra, max(case when person.is_ichra then 0 else 1 end) as has_plan
  from person
  inner join {{ ref('int_law__aca_month') }} as month_of_year
    on person.covered_from <= month_of_year.month_end and person.covered_to >= month_of_year.month_start
  group by person.company_id, person.employee_id, person.identity_key, month_of_year.tax_year, month_of_year.month
),

person_year as (
  select
    company_id, employee_id, tax_year, identity_key,
    min(rank_in_family) as rank_in_family,
    max(first_name) as first_name, max(middle_name) as middle_name, max(last_name) as last_name, max(suffix) as suffix,
    max(ssn) as ssn, max(date_of_birth) as date_of_birth, max(has_ichra) as has_ichra, max(has_plan) as has_plan,
    {%- for month in range(1, 13) %}
    max(case when month = {{ month }} then 1 else 0 end) as has_{{ month }},
    {%- endfor %}
    count(*) as month_count
  from person_month
  group by company_id, employee_id, tax_year, identity_key
),

origin as (
  select company_id, employee_id, tax_year, max(has_ichra) as has_ichra, max(has_plan) as has_plan
  from person_year
  group by company_id, employee_id, tax_year
),

listed as (
  select
    form.company_id,
    form.employee_id,
    form.tax_year,
    form.ein,
    form.employee_number,
    form.form,
    cast(row_number() over (
      partition by form.company_id, form.employee_id, form.tax_year
      order by person_year.rank_in_family, person_year.date_of_birth, person_year.identity_key
    ) as integer) as position,
    person_year.rank_in_family = 0 as is_employee,
    person_year.first_name,
    substr(person_year.middle_name, 1, 1) as middle_initial,
    person_year.last_name,
    person_year.suffix,
    {{ dashed_ssn('person_year.ssn') }} as ssn,
    case when person_year.ssn is null or length(person_year.ssn) <> 9 then person_year.date_of_birth end as date_of_birth,
    survivor.survivor_reason,
    case when form.form = '1095-B' and origin.has_ichra + origin.has_plan = 1 then case when origin.has_ichra = 1 then 'G' else 'B' end end as origin_code,
    case
      when form.form = '1095-B' and origin.has_ichra + origin.has_plan = 2 then 'origin_mixed'
      else coalesce(form.part_3_reason, family.family_reason, survivor.survivor_reason)
    end as form_why,
    person_year.month_count = 12 as is_all_year,
    {%- for month in ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] %}
    person_year.has_{{ loop.index }} = 1 as is_{{ month }}{{ ',' if not loop.last }}
    {%- endfor %}
  from {{ ref('int_law__aca_form') }} as form
  inner join person_year
    on form.company_id = person_year.company_id and form.employee_id = person_year.employee_id and form.tax_year = person_year.tax_year
  inner join origin
    on form.company_id = origin.company_id and form.employee_id = origin.employee_id and form.tax_year = origin.tax_year
  left join {{ ref('int_law__aca_family') }} as family
    on form.company_id = family.company_id and form.employee_id = family.employee_id and form.tax_year = family.tax_year
  left join {{ ref('int_law__aca_survivor') }} as survivor
    on form.company_id = survivor.company_id and form.employee_id = survivor.employee_id and form.tax_year = survivor.tax_year
  where form.form in ('1095-C', '1095-B')
)

select
  listed.company_id, listed.employee_id, listed.tax_year, listed.ein, listed.employee_number, listed.form, listed.position, listed.is_employee,
  listed.first_name, listed.middle_initial, listed.last_name, listed.suffix, listed.ssn, listed.date_of_birth, listed.is_all_year,
  {%- for month in ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] %}
  listed.is_{{ month }},
  {%- endfor %}
  case when listed.survivor_reason is null then listed.position = 1 end as is_recipient,
  listed.origin_code,
  refusal.refusal_id as open_reason,
  refusal.missing || ': ' || refusal.words as unknown_reason,
  refusal.owner
from listed
left join {{ ref('code_aca_refusal') }} as refusal
  on refusal.refusal_id = case
    when listed.first_name is null or listed.last_name is null or (listed.ssn is null and listed.date_of_birth is null) then 'dependent_identity'
    else listed.form_why
  end
