{# What each running rule looks at, and whether it is broken there: 1, 0, or no row where that is not known. #}
{%- set year_first, year_last = year_start(as_of()), year_end(as_of()) %}
with coverage as (
  select * from {{ ref('recount__coverage') }}
),

job as (
  select employment_period_id, employee_id, start_date, {{ open_end('end_date') }} as last_day
  from {{ ref('stg_hr__employment_period') }}
  where start_date <= {{ open_end('end_date') }}
),

{# A period of employment that another one leads into is no hire. #}
led_into as (
  select job.employment_period_id
  from job
  inner join job as earlier_job
    on job.employee_id = earlier_job.employee_id
    and earlier_job.start_date < job.start_date
    and {{ days_between('earlier_job.last_day', 'job.start_date') }} <= 1
  group by job.employment_period_id
),

hire as (
  select coverage.enrollment_id, max(job.start_date) as hired
  from coverage
  inner join job on coverage.employee_id = job.employee_id and job.start_date <= coverage.first_day
  left join led_into on job.employment_period_id = led_into.employment_period_id
  where led_into.employment_period_id is null
  group by coverage.enrollment_id
),

wait as (
  select coverage.company_id, coverage.employee_id, coverage.benefit_plan_id,
    {{ days_between('hire.hired', 'coverage.first_day') }} as days_waited
  from coverage
  inner join hire on coverage.enrollment_id = hire.enrollment_id
  where coverage.enrollment_type = 'New Hire' and coverage.plan_kind = 'health'
  union all
  select enrollment.company_id, enrollment.employee_id, enrollment.benefit_plan_id, details.waiting_period_days
  from {{ ref('stg_benefits__coverage_details') }} as details
  inner join {{ ref('stg_benefits__enrollment') }} as enrollment on details.enrollment_id = enrollment.enrollment_id
  where details.coverage_type = 'Health' and details.waiting_period_days is not null
),

waited as (
  select company_id, employee_id, benefit_plan_id,
    case when days_waited > {{ threshold('ACA-001', 'waiting_days') }} then 1 else 0 end as is_long
  from wait where employee_id is not null
),

insured as (
  select company_id, employee_id, first_day, last_day, dependents from coverage
  where is_mec and first_day <= {{ year_last }} and last_day >= {{ year_first }}
),

listed as (
  {{ json_elements('insured', ['company_id', 'employee_id', 'first_day', 'last_day'], 'dependents') }}
),

dependent as (
  select
    company_id, employee_id,
    {% for part in ['first_name', 'middle_name', 'last_name', 'suffix'] -%}
    coalesce(lower(trim({{ json_text('element', part) }})), '') as {{ part }},
    {% endfor -%}
    coalesce({{ json_text_any('element', ['date_of_birth', 'birth_date', 'dob']) }}, '') as born,
    {{ json_text('element', 'ssn') }} as ssn,
    {{ later('first_day', 'cast(' ~ json_text_any('element', ['coverage_start', 'coverage_start_date']) ~ ' as date)') }} as first_day,
    {{ earlier('last_day', 'cast(' ~ json_text_any('element', ['coverage_end', 'coverage_end_date']) ~ ' as date)') }} as last_day
  from listed
),

person as (
  select insured.company_id, 'employee' as person_kind, insured.employee_id, '' as person_name, person.ssn
  from insured
  inner join {{ ref('stg_hr__employee') }} as person on insured.employee_id = person.employee_id
  union all
  select company_id, 'dependent', employee_id,
    first_name || '|' || middle_name || '|' || last_name || '|' || suffix || '|' || born, ssn
  from dependent
  where first_day <= last_day and first_day <= {{ year_last }} and last_day >= {{ year_first }}
),

asked as (
  select person_kind, person_id, count(*) as times from {{ ref('stg_hr__tin_solicitation') }} group by person_kind, person_id
),

tin as (
  select
    person.company_id,
    max(case when {{ is_valid_ssn('person.ssn', 'coalesce(company.is_test_data, false)') }} then 1 else 0 end) as has_number,
    max(coalesce(asked.times, 0)) as times
  from person
  left join {{ ref('stg_hr__company') }} as company on person.company_id = company.company_id
  left join asked on person.person_kind = asked.person_kind and person.employee_id = asked.person_id
  group by person.company_id, person.person_kind, person.employee_id, person.person_name
),

security as (
  select config.*, algorithm.algorithm as approved
  from {{ ref('stg_benefits__security_config') }} as config
  left join {{ ref('code_encryption_algorithm') }} as algorithm
    on upper(trim(config.encryption_algorithm)) = algorithm.algorithm
),

feed as (
  select * from {{ ref('recount__feed_day') }} where monitoring_date >= {{ year_first }}
),

item as (
  select 'ACA-001' as rule_id, company_id, max(is_long) as broken
  from waited
  group by company_id, employee_id, benefit_plan_id
  union all
  select 'ACA-005', company_id, case when has_number = 0 and times < {{ threshold('ACA-005', 'solicitations') }} then 1 else 0 end from tin
  union all
  select 'ACA-006', company_id,
    case when coalesce(trim(pre_existing_conditions), '') in ('', 'null', '[]', '{}', '""') then 0 else 1 end
  from {{ ref('stg_benefits__coverage_details') }}
  where coverage_type = 'Health' and is_active is distinct from false
  union all
  select 'HIPAA-004', company_id,
    case
      when encryption_at_rest = false or encryption_in_transit = false then 1
      when encryption_algorithm is not null and approved is null then 1
      when encryption_at_rest and encryption_in_transit and approved is not null then 0
    end
  from security
  union all
  select 'HIPAA-005', company_id, case when multi_factor_auth_required then 0 when not multi_factor_auth_required then 1 end
  from security where hipaa_compliance_enabled
  union all
  select 'HIPAA-006', company_id,
    case
      when session_timeout_minutes > {{ threshold('HIPAA-006', 'session_minutes') }} then 1
      when session_timeout_minutes <= {{ threshold('HIPAA-006', 'session_minutes') }} then 0
    end
  from security
  union all
  select 'HIPAA-010', company_id, case when expiry_date < {{ as_of() }} then 1 else 0 end
  from {{ ref('stg_benefits__user_role_assignment') }} where is_active
  union all
  select 'IND-005', company_id,
    case
      when sync_success_rate < {{ threshold('IND-005', 'sync_success_rate') }}
        or data_accuracy_score < {{ threshold('IND-005', 'data_accuracy_score') }}
        or sla_compliance = false then 1
      when sync_success_rate is not null and data_accuracy_score is not null and sla_compliance then 0
    end
  from feed
  union all
  select 'IND-006', company_id,
    case when created_by_user_id = approved_by_user_id then 1 when created_by_user_id <> approved_by_user_id then 0 end
  from {{ ref('stg_benefits__enrollment') }}
)

select company_id, rule_id, count(*) as looked_at, sum(broken) as broken
from item
where broken is not null and company_id is not null
group by company_id, rule_id
