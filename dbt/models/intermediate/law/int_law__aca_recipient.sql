with address as (
  select
    form.company_id, form.employee_id, form.tax_year,
    place.line1, place.line2, place.city, place.state, place.zip, place.country,
    row_number() over (
      partition by form.company_id, form.employee_id, form.tax_year order by place.from_date desc, place.employee_address_id
    ) as place_number
  from {{ ref('int_law__aca_form') }} as form
  inner join {{ ref('stg_hr__employee_address') }} as place on form.employee_id = place.employee_id
  where place.from_date <= {{ as_of() }} and {{ open_end('place.to_date') }} >= {{ as_of() }}
),

employer as (
  select
    company.*,
    {{ replace_all("coalesce(company.ein, '')", '[^0-9]') }} as ein_digits
  from {{ ref('stg_hr__company') }} as company
)

select
  form.company_id,
  form.employee_id,
  form.tax_year,
  form.ein,
  form.employee_number,
  form.form,
  coalesce(employer.is_test_data, false) as is_specimen,
  {%- for column in ['first_name', 'middle_initial', 'last_name', 'suffix', 'ssn'] %}
  case when survivor.employee_id is null then identity.{{ column }} else survivor.{{ column }} end as {{ column }},
  {%- endfor %}
  survivor.employee_id is not null as is_survivor,
  survivor.survivor_reason,
  case when address.line2 is null then address.line1 else address.line1 || ' ' || address.line2 end as street,
  address.city,
  address.state,
  case when coalesce(upper(address.country), 'US') in ('US', 'USA', 'UNITED STATES') then address.zip
    else address.country || coalesce(' ' || address.zip, '') end as country_and_zip,
  employer.legal_name as employer_name,
  case when length(employer.ein_digits) = 9
    then substr(employer.ein_digits, 1, 2) || '-' || substr(employer.ein_digits, 3, 7) end as employer_ein,
  case when employer.address_line2 is null then employer.address_line1 else employer.address_line1 || ' ' || employer.address_line2 end as employer_street,
  coalesce(employer.contact_phone, employer.phone) as employer_phone,
  employer.city as employer_city,
  employer.state as employer_state,
  case when coalesce(upper(employer.country), 'US') in ('US', 'USA', 'UNITED STATES') then employer.zip
    else employer.country || coalesce(' ' || employer.zip, '') end as employer_country_and_zip,
  form.plan_start_month,
  form.is_ever_self_insured as is_self_insured
from {{ ref('int_law__aca_form') }} as form
inner join {{ ref('int_law__aca_identity') }} as identity on form.employee_id = identity.employee_id
inner join employer on form.company_id = employer.company_id
left join {{ ref('int_law__aca_survivor') }} as survivor
  on form.company_id = survivor.company_id and form.employee_id = survivor.employee_id and form.tax_year = survivor.tax_year
left join address
  on form.company_id = address.company_id and form.employee_id = address.employee_id
  and form.tax_year = address.tax_year and address.place_number = 1
where form.form = '1095-C'
