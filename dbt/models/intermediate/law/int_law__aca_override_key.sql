select
  override.*,
  substr(override.grain_key, 1, length(override.grain_key) - 8) as employee_number,
  {{ text_to_int('substr(override.grain_key, length(override.grain_key) - 1, 2)') }} as month,
  make_date(override.tax_year, {{ text_to_int('substr(override.grain_key, length(override.grain_key) - 1, 2)') }}, 1) as month_start,
  {{ open_end('override.expires_on') }} < {{ as_of() }} as is_ended
from {{ ref('stg_ledger__override') }} as override
where override.rule_id = 'aca' and override.field in ('line_14', 'line_15', 'line_16', 'line_17')
  and {{ matches('override.grain_key', '^.+[|][0-9]{4}-(0[1-9]|1[0-2])$') }}
