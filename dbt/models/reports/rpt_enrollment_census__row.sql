{{ config(materialized='view') }}

with census as (
  select * from {{ ref('fct_census_month') }}
),

employee as (
  select * from {{ ref('dim_employee') }}
),

plan as (
  select * from {{ ref('dim_benefit_plan') }}
),

department as (
  select * from {{ ref('dim_department') }}
),

provider as (
  select * from {{ ref('dim_provider') }}
)

select
  census.company_id,
  census.period_end,
  census.enrollment_id,
  census.enrollment_number,
  employee.employee_number,
  employee.last_name,
  employee.first_name,
  employee.date_of_birth,
  employee.original_hire_date,
  employee.worker_type,
  census.employment_class,
  census.is_employed,
  department.department_name,
  department.department_code,
  plan.plan_name,
  plan.plan_code,
  plan.benefit_type,
  provider.provider_name,
  census.census_status,
  census.enrollment_status,
  census.enrollment_type,
  census.coverage_level,
  census.level_code,
  census.covered_from,
  census.covered_to,
  census.is_response_conflict,
  census.employee_amount,
  census.employer_amount,
  census.total_amount,
  census.savings_amount,
  census.amount_status,
  case
    when census.census_status = 'covered' and census.total_amount is null
      then 'missing: ' || coalesce(census.missing_input, 'the cost of the month')
  end as amount_reason
from census
left join employee on census.employee_id = employee.employee_id
left join plan on census.benefit_plan_id = plan.benefit_plan_id
left join department on census.department_id = department.department_id
left join provider on census.provider_config_id = provider.provider_config_id
