with law as (
  select parameter, tax_year, value, status from {{ ref('law_form_5500') }}
)

select
  tax_year as plan_year,
  max(case when parameter = 'small_plan_limit' then {{ to_int('value') }} end) as small_plan_limit,
  max(case when parameter = 'due_month' then {{ to_int('value') }} end) as due_month,
  max(case when parameter = 'extension_month' then {{ to_int('value') }} end) as extension_month,
  max(case when parameter = 'extension_day' then {{ to_int('value') }} end) as extension_day,
  max(case when parameter = 'line_edition' then {{ to_int('value') }} end) as line_edition,
  max(case when parameter = 'line_edition' then status end) as line_edition_status
from law
where parameter <> 'late_penalty_per_day'
group by tax_year
