with month_end as (
  select
    company_id,
    report_date as period_end,
    substr(cast(report_date as string), 1, 7) as month_name,
    substr(cast(report_date as string), 1, 4) as year_name
  from {{ ref('benefits_analytics_dashboard') }}
  where provider_config_id is null and analysis_period = 'Monthly'
),

{# A target of the month beats one of its year; the last one entered is not known, so the higher stands. #}
ranked as (
  select
    month_end.company_id,
    month_end.period_end,
    target.metric_id,
    target.target_value,
    target.direction,
    row_number() over (
      partition by month_end.company_id, month_end.period_end, target.metric_id
      order by case when target.period = month_end.month_name then 0 else 1 end, target.target_value desc
    ) as place
  from month_end
  inner join {{ ref('dim_metric_target') }} as target
    on month_end.company_id = target.company_id
    and (target.period = month_end.month_name or target.period = month_end.year_name)
  where target.target_value is not null
)

select company_id, period_end, metric_id, target_value, direction
from ranked
where place = 1
