with person as (
  select user_id, company_id, email, is_active from {{ ref('stg_hr__user') }}
),

assignment as (
  select
    user_role_assignment_id,
    user_id,
    role_id,
    company_id,
    department_id,
    region_id,
    expiry_date,
    is_active
  from {{ ref('stg_benefits__user_role_assignment') }}
),

role as (
  select
    role_permission_id,
    company_id,
    role_name,
    role_type,
    can_view_reports,
    data_access_level,
    is_active
  from {{ ref('stg_benefits__role_permission') }}
),

joined as (
  select
    coalesce(assignment.user_role_assignment_id, person.user_id) as report_recipient_id,
    person.company_id,
    person.user_id,
    lower(trim(person.email)) as email,
    role.role_name,
    role.role_type,
    role.data_access_level,
    assignment.expiry_date,
    case
      when not coalesce(person.is_active, false) then 'the user is not active'
      when assignment.user_role_assignment_id is null then 'the user has no role'
      when not coalesce(assignment.is_active, false) then 'the role assignment is not active'
      when assignment.expiry_date < {{ as_of() }} then 'the role assignment has expired'
      when role.role_permission_id is null then 'the role is unknown'
      when not coalesce(assignment.company_id = person.company_id, false)
        or not coalesce(role.company_id = person.company_id, false)
        then 'the role belongs to another company'
      when not coalesce(role.is_active, false) then 'the role is not active'
      when not coalesce(role.can_view_reports, false) then 'the role may not view reports'
      when not coalesce(role.data_access_level = 'ALL', false)
        then 'the role sees only a part of the company'
      when assignment.department_id is not null or assignment.region_id is not null
        then 'the role is limited to a department or region'
    end as hold_reason
  from person
  left join assignment on person.user_id = assignment.user_id
  left join role on assignment.role_id = role.role_permission_id
)

select
  report_recipient_id,
  company_id,
  user_id,
  email,
  role_name,
  role_type,
  data_access_level,
  expiry_date,
  hold_reason is null as can_receive,
  hold_reason
from joined
