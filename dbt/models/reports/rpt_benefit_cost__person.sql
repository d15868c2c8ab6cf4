{{ config(materialized='view') }}

with cost as (
  select * from {{ ref('fct_cost_span') }}
)

select
  company_id,
  provider_config_id,
  department_id,
  cost_category,
  benefit_type,
  coalesce(person_key, enrollment_id) as person_key,
  month_from,
  month_to
from cost
