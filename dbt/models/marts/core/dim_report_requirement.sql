with requirement as (
  select * from {{ ref('stg_benefits__reporting_requirements') }}
),

workflow as (
  select approval_workflow_id, name from {{ ref('stg_hr__approval_workflow') }}
),

unreadable as (
  select primary_key, min(cast(columns as string)) as columns_text
  from {{ ref('stg_landing__rejected') }}
  where table_name = 'benefits_reporting_requirements'
  group by primary_key
)

select
  requirement.reporting_requirements_id,
  requirement.company_id,
  requirement.report_type,
  requirement.report_name,
  requirement.reporting_frequency,
  requirement.report_format,
  requirement.delivery_method,
  requirement.data_source,
  requirement.recipient_roles,
  requirement.distribution_list,
  requirement.template_config,
  requirement.scheduling_config,
  requirement.approval_workflow_id,
  workflow.name as approval_workflow_name,
  requirement.auto_generate,
  requirement.is_active,
  unreadable.columns_text as unreadable_columns
from requirement
left join workflow on requirement.approval_workflow_id = workflow.approval_workflow_id
left join unreadable on requirement.reporting_requirements_id = unreadable.primary_key
