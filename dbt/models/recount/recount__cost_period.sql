{# Cost of each company in each of its periods, empty where a part of it is unknown. #}
{% set figures = ['employee_cost', 'employer_cost', 'total_cost'] -%}
with of_month as (
  select
    company_id,
    month_start,
    {% for f in figures %}sum({{ f }}) as {{ f }}, count(*) - count({{ f }}) as {{ f }}_unknown{{ ', ' if not loop.last }}{% endfor %}
  from {{ ref('recount__cost_month') }}
  group by company_id, month_start
),

summed as (
  select
    span.company_id,
    span.analysis_period,
    span.month_start,
    {% for f in figures %}sum(of_month.{{ f }}) as {{ f }}, sum(of_month.{{ f }}_unknown) as {{ f }}_unknown{{ ', ' if not loop.last }}{% endfor %}
  from {{ ref('recount__company_period') }} as span
  inner join of_month
    on span.company_id = of_month.company_id
    and of_month.month_start between span.period_start and span.month_start
  group by span.company_id, span.analysis_period, span.month_start
)

select
  span.company_id,
  span.analysis_period,
  span.month_start,
  span.period_end,
  span.is_shown,
  {% for f in figures %}case when coalesce(summed.{{ f }}_unknown, 0) = 0 then coalesce(summed.{{ f }}, 0) end as {{ f }}{{ ', ' if not loop.last }}{% endfor %}
from {{ ref('recount__company_period') }} as span
left join summed
  on span.company_id = summed.company_id
  and span.analysis_period = summed.analysis_period
  and span.month_start = summed.month_start
