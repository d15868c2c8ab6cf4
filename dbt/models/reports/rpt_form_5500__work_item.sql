with item as (
  select * from {{ ref('int_law__form_5500_work_item') }}
),

plan as (
  select benefit_plan_id, plan_number, plan_name from {{ ref('dim_benefit_plan') }}
)

select
  item.company_id,
  cast(item.plan_year as integer) as plan_year,
  item.filing_id,
  plan.plan_number,
  plan.plan_name,
  item.form,
  cast(item.form_id as integer) as form_id,
  cast(item.row_order as integer) as row_order,
  item.line,
  item.box,
  item.reason,
  item.source_table,
  item.source_column,
  item.source_key,
  'Benefits' as owner,
  item.is_blocking
from item
left join plan on item.benefit_plan_id = plan.benefit_plan_id
