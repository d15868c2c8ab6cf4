{%- set checks = {
  'C001': "line_14 is null",
  'C003': "(takes_amount and line_15 is null and coalesce(price, 1) <> 0) or (takes_amount = false and line_15 is not null)",
  'C004': "takes_amount and line_15 is null and price = 0",
  'C005': "line_15 >= line_15_limit or line_15 < 0",
  'C008': "line_16 = '2A' and (line_14 <> '1H' or is_employed)",
  'C009': "line_16 = '2E' and line_14 <> '1H'",
  'C010': "line_16 = '2C' and (line_14 in ('1G', '1H') or is_enrolled = false)",
  'C011': "line_16 in ('2F', '2G', '2H')"
    ~ " and ((not coalesce(takes_amount, false) and not (line_14 = '1A' and line_16 = '2G')) or is_offer_share_met = false)",
  'C013': "line_16 = '2G' and coalesce(line_15 * 1200 > limit_2g, is_affordable_2g = false)",
  'C014': "line_14 = '1A' and (is_within_mainland_limit = false or spouse <> 'offered' or is_dependents = false)",
  'C015': "(takes_zip and not " ~ matches("coalesce(line_17, '')", '^[0-9]{5}$') ~ ") or (takes_zip = false and line_17 is not null)",
  'C016': "takes_zip and (age is null or age < 1 or age > age_limit)",
  'C018': "not " ~ matches("coalesce(plan_start_month, '')", '^(0[0-9]|1[0-2])$'),
  'C019': "line_14 in ('1D', '1E') and spouse = 'conditional'",
  'C020': "is_cut_by_termination and is_employed and is_full_time and is_waiting = false and is_relieved = false"
    ~ " and line_14 <> '1G' and reason_16 is null and (line_14 <> '1H' or coalesce(line_16, '') <> '2B')",
  'C021': "is_employed = false and line_14 <> '1G' and reason_16 is null and (line_14 <> '1H' or coalesce(line_16, '') <> '2A')",
  'C024': "line_14 = '1H' and line_16 is null and reason_16 is null and is_full_time",
  'C028': "line_15 is not null and takes_amount = false",
  'C029': "line_16 = '2B' and is_enrolled",
  'C030': "line_14 in ('1I', '1V', '1W', '1X', '1Y', '1Z') or line_16 = '2I'",
  'M001': "verdict = 'invalid'",
  'M002': "verdict = 'warn'",
  'M003': "verdict = 'valid_unusual'",
  'M004': "verdict = 'valid_exposure' and line_14 <> '1H'",
} -%}
with form as (
  select * from {{ ref('int_law__aca_checked_month') }}
)
{% for rule_id, condition in checks.items() %}
select company_id, employee_id, tax_year, month, '{{ rule_id }}' as rule_id, {{ 'words' if rule_id.startswith('M') else 'cast(null as string)' }} as words
from form
where {{ condition }}
{{ 'union all' if not loop.last }}
{%- endfor %}
