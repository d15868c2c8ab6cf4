with config as (
  select
    security.*,
    algorithm.algorithm as approved_algorithm
  from {{ ref('stg_benefits__security_config') }} as security
  left join {{ ref('code_encryption_algorithm') }} as algorithm
    on upper(trim(security.encryption_algorithm)) = algorithm.algorithm
),

item as (
  select
    'ACA-006' as rule_id,
    company_id,
    coverage_details_id as grain_key,
    cast(null as string) as employee_id,
    coalesce(trim(pre_existing_conditions), '') not in ('', 'null', '[]', '{}', '""') as is_failing
  from {{ ref('stg_benefits__coverage_details') }}
  where coverage_type = 'Health' and coalesce(is_active, true)

  union all
  select
    'HIPAA-004',
    company_id,
    security_config_id,
    cast(null as string),
    case
      when not encryption_at_rest or not encryption_in_transit then true
      when encryption_algorithm is not null and approved_algorithm is null then true
      when encryption_at_rest and encryption_in_transit and encryption_algorithm is not null then false
    end
  from config

  union all
  select 'HIPAA-005', company_id, security_config_id, cast(null as string), not multi_factor_auth_required
  from config
  where hipaa_compliance_enabled

  union all
  select
    'HIPAA-006', company_id, security_config_id, cast(null as string),
    session_timeout_minutes > {{ threshold('HIPAA-006', 'session_minutes') }}
  from config

  union all
  select
    'HIPAA-010', company_id, user_role_assignment_id, cast(null as string),
    coalesce(expiry_date < {{ as_of() }}, false)
  from {{ ref('stg_benefits__user_role_assignment') }}
  where is_active

  union all
  select
    'IND-005', company_id, provider_config_id || '|' || cast(monitoring_date as string), cast(null as string),
    case
      when sync_success_rate < {{ threshold('IND-005', 'sync_success_rate') }}
        or data_accuracy_score < {{ threshold('IND-005', 'data_accuracy_score') }}
        or not sla_compliance then true
      when sync_success_rate is not null and data_accuracy_score is not null and sla_compliance is not null
        then false
    end
  from {{ ref('int_provider__monitoring_day') }}
  where monitoring_date >= {{ year_start(as_of()) }}

  union all
  select 'IND-006', company_id, enrollment_id, employee_id, created_by_user_id = approved_by_user_id
  from {{ ref('stg_benefits__enrollment') }}

  union all
  select 'DATA-001', company_id, enrollment_id, employee_id, is_response_conflict
  from {{ ref('int_enrollment__coverage_interval') }}
  where is_covered

  union all
  select 'DATA-002', company_id, 'company|is_active', cast(null as string), is_active is null
  from {{ ref('stg_hr__company') }}

  union all
  select 'DATA-002', company_id, 'company|is_test_data', cast(null as string), is_test_data is null
  from {{ ref('stg_hr__company') }}
)

select rule_id, company_id, grain_key, employee_id, is_failing
from item
where company_id is not null and is_failing is not null
