{# Which monthly safe harbors a cost passes. A change of the rate of pay is a row only where the answer turns with it. #}
with marked as (
  select
    harbor.*,
    row_number() over (partition by turn_id order by month) = 1
      or is_affordable_2h is distinct from lag(is_affordable_2h) over (partition by turn_id order by month) as is_turn,
    max(last_month) over (partition by turn_id) as holds_to
  from {{ ref('int_law__aca_harbor_month') }} as harbor
)

select
  company_id, employee_id, turn_id, tax_year, month,
  cast(coalesce(lead(month) over (partition by turn_id order by month) - 1, holds_to) as integer) as last_month,
  month_start, price, pct, pct * line_of_area as limit_2g, is_within_mainland_limit, is_affordable_2g, is_affordable_2h
from marked
where is_turn
