{# The law values the filings of one report stand on, one row per company, filing year and value: those
   of the filing year, of the years its plan years begin in, and (for the poverty guideline, which may
   date from six months before) of the year before that. A year without a row is missing, never assumed. #}
{% macro law_values(report, filing, law, year_column) -%}
with filing as (
  select company_id, {{ year_column }} from {{ ref(filing) }} group by company_id, {{ year_column }}
),

law_use as (
  select parameter, year_basis from {{ ref('code_law_use') }} where report = '{{ report }}'
),

law_year as (
  select company_id, {{ year_column }}, 'filing_year' as year_basis, {{ year_column }} as law_year, true as is_needed
  from filing
  union
  select filing.company_id, filing.{{ year_column }}, basis.year_basis, cast(year(plan_year.start_date) as integer), true
  from filing
  inner join {{ ref('stg_hr__benefit_plan') }} as plan on filing.company_id = plan.company_id
  inner join {{ ref('stg_hr__plan_year') }} as plan_year on plan.benefit_plan_id = plan_year.benefit_plan_id
    and filing.{{ year_column }} between year(plan_year.start_date) and year(plan_year.end_date)
  cross join (select 'plan_start' as year_basis union all select 'plan_start_and_before') as basis
  union
  select filing.company_id, filing.{{ year_column }}, 'plan_start_and_before', cast(year(plan_year.start_date) as integer) - 1, false
  from filing
  inner join {{ ref('stg_hr__benefit_plan') }} as plan on filing.company_id = plan.company_id
  inner join {{ ref('stg_hr__plan_year') }} as plan_year on plan.benefit_plan_id = plan_year.benefit_plan_id
    and filing.{{ year_column }} between year(plan_year.start_date) and year(plan_year.end_date)
),

wanted as (
  select company_id, {{ year_column }}, year_basis, law_year, max(case when is_needed then 1 else 0 end) = 1 as is_needed
  from law_year
  group by company_id, {{ year_column }}, year_basis, law_year
)

select
  wanted.company_id,
  wanted.{{ year_column }},
  law_use.parameter,
  wanted.law_year,
  law.value,
  law.unit,
  coalesce(law.status, 'missing') as status,
  law.citation
from wanted
inner join law_use on wanted.year_basis = law_use.year_basis
left join {{ ref(law) }} as law on law_use.parameter = law.parameter and wanted.law_year = law.tax_year
where wanted.is_needed or law.parameter is not null
{%- endmacro %}
