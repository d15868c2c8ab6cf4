with keyed as (
  select
    override.*,
    substr(override.grain_key, 1, length(override.grain_key) - 8) as employee_number,
    {{ text_to_int('substr(override.grain_key, length(override.grain_key) - 1, 2)') }} as month,
    {{ open_end('override.expires_on') }} < {{ as_of() }} as is_ended
  from {{ ref('stg_ledger__override') }} as override
  where override.rule_id = 'aca' and override.field in ('line_14', 'line_15', 'line_16', 'line_17')
    and {{ matches('override.grain_key', '^.+[|][0-9]{4}-(0[1-9]|1[0-2])$') }}
)

select
  keyed.override_id, keyed.company_id, form.employee_id, keyed.employee_number, keyed.tax_year, keyed.month,
  make_date(keyed.tax_year, keyed.month, 1) as month_start,
  keyed.field, keyed.value, keyed.replaced_value, keyed.reason, keyed.actor, keyed.decided_at, keyed.expires_on,
  form.form,
  keyed.is_ended,
  row_number() over (
    partition by keyed.company_id, form.employee_id, keyed.tax_year, keyed.month, keyed.field, keyed.is_ended
    order by keyed.decided_at desc, keyed.override_id desc
  ) as place
from keyed
left join {{ ref('int_law__aca_form') }} as form
  on keyed.company_id = form.company_id and keyed.employee_number = form.employee_number and keyed.tax_year = form.tax_year
