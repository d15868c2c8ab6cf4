with company_month as (
  select company.company_id, month_of_year.tax_year, month_of_year.month, month_of_year.month_start, month_of_year.month_end
  from {{ ref('stg_hr__company') }} as company
  cross join {{ ref('int_law__aca_month') }} as month_of_year
),

completeness as (
  select company_id, table_name, complete_from, complete_to
  from {{ ref('stg_hr__data_completeness') }}
  where table_name in ('employment_period', 'benefit_offer', 'benefits_enrollment', 'hours_of_service')
),

declared as (
  select company_id, table_name from completeness group by company_id, table_name
),

covered as (
  select company_month.company_id, company_month.month_start, completeness.table_name
  from company_month
  inner join completeness
    on company_month.company_id = completeness.company_id
    and completeness.complete_from <= company_month.month_start
    and completeness.complete_to >= company_month.month_end
  group by company_month.company_id, company_month.month_start, completeness.table_name
),

state as (
  select
    {{ table_known('employment_period') }} = 1 as has_employment_period,
    {{ table_known('benefit_offer') }} = 1 as has_benefit_offer,
    {{ table_known('benefits_enrollment') }} = 1 as has_benefits_enrollment,
    {{ table_known('hours_of_service') }} = 1 as has_hours_of_service
)

select
  company_month.company_id,
  company_month.tax_year,
  company_month.month,
  company_month.month_start,
  company_month.month_end,
  company_month.month_end > {{ as_of() }} as is_open,
  state.has_employment_period,
  state.has_benefit_offer,
  state.has_benefits_enrollment,
  state.has_hours_of_service,
  {%- for table_name in ['employment_period', 'benefit_offer', 'benefits_enrollment', 'hours_of_service'] %}
  declared_{{ table_name }}.company_id is null or covered_{{ table_name }}.company_id is not null
    as is_complete_{{ table_name }}{{ ',' if not loop.last }}
  {%- endfor %}
from company_month
cross join state
{%- for table_name in ['employment_period', 'benefit_offer', 'benefits_enrollment', 'hours_of_service'] %}
left join declared as declared_{{ table_name }}
  on company_month.company_id = declared_{{ table_name }}.company_id
  and declared_{{ table_name }}.table_name = '{{ table_name }}'
left join covered as covered_{{ table_name }}
  on company_month.company_id = covered_{{ table_name }}.company_id
  and company_month.month_start = covered_{{ table_name }}.month_start
  and covered_{{ table_name }}.table_name = '{{ table_name }}'
{%- endfor %}
