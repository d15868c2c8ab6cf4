select
  report_recipient_id,
  company_id,
  user_id,
  email,
  role_name,
  role_type,
  can_receive,
  hold_reason
from {{ ref('dim_report_recipient') }}
