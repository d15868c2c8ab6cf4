{%- set rates = {
  'average_cost': 'average_cost_per_employee',
  'participation': 'benefits_participation_rate',
  'completion': 'enrollment_completion_rate',
  'satisfaction': 'employee_satisfaction_score',
} -%}
{%- set counts = ['total_enrollments', 'active_enrollments', 'pending_enrollments', 'terminated_enrollments'] -%}
with dashboard as (
  select *, {{ month_start('report_date') }} as month_start
  from {{ ref('benefits_analytics_dashboard') }}
  where provider_config_id is null
),

monthly as (
  select * from dashboard where analysis_period = 'Monthly'
),

year_to_date as (
  select * from dashboard where analysis_period = 'YTD'
),

first_month as (
  select company_id, min(month_start) as month_start from monthly group by company_id
),

people as (
  select * from {{ ref('fct_covered_people_month') }}
  where dimension = 'company'
),

conflict as (
  select company_id, month_start, cast(sum(case when is_response_conflict then 1 else 0 end) as integer) as conflicts
  from {{ ref('fct_enrollment_month') }}
  group by company_id, month_start
),

gap as (
  select
    monthly.company_id,
    monthly.month_start,
    cast(sum(fct.enrollments) as integer) as gap_enrollments,
    min(fct.missing_input) as gap_input,
    cast(count(distinct fct.missing_input) as integer) as gap_inputs
  from monthly
  inner join {{ ref('fct_cost_gap_month') }} as fct
    on monthly.company_id = fct.company_id
    and fct.month_start between {{ year_start('monthly.month_start') }} and monthly.month_start
  group by monthly.company_id, monthly.month_start
),

feed as (
  select
    monthly.company_id,
    monthly.month_start,
    cast(count(distinct monitoring.provider_config_id) as integer) as feeds_reported
  from monthly
  inner join {{ ref('benefits_integration_monitoring') }} as monitoring
    on monthly.company_id = monitoring.company_id
    and monitoring.monitoring_date between monthly.month_start and monthly.report_date
  where monitoring.sla_compliance is not null
  group by monthly.company_id, monthly.month_start
),

offer as (
  select company_id, cast(count(*) as integer) as offers
  from {{ ref('fct_offer_interval') }}
  group by company_id
),

minimum as (
  select max(minimum_count) as minimum_count
  from {{ ref('dim_metric') }}
  where metric_id = 'people_covered'
)

select
  monthly.company_id,
  monthly.report_date as period_end,
  {% for name, column in [
    ('cost', 'total_benefits_cost'),
    ('employer', 'employer_contributions'),
    ('employee', 'employee_contributions'),
  ] -%}
  cast(coalesce(year_to_date.{{ column }}, year_to_date.{{ column }}_exact) as decimal(18,2)) as {{ name }}_ytd,
  year_to_date.{{ column }}_status as {{ name }}_ytd_status,
  {% endfor -%}
  cast(case when first_month.month_start <= {{ add_months(year_start('monthly.month_start'), -12) }}
    then coalesce(year_before.total_benefits_cost, year_before.total_benefits_cost_exact) end as decimal(18,2))
    as cost_ytd_year_before,
  {% for name, column in rates.items() -%}
  cast(coalesce(monthly.{{ column }}, monthly.{{ column }}_exact) as decimal(18,2)) as {{ name }},
  monthly.{{ column }}_status as {{ name }}_status,
  cast(coalesce(month_before.{{ column }}, month_before.{{ column }}_exact) as decimal(18,2)) as {{ name }}_month_before,
  {% endfor -%}
  case when coalesce(conflict.conflicts, 0) = 0 then coalesce(people.people_covered, 0) end as people_covered,
  case when month_before.company_id is not null and coalesce(conflict_before.conflicts, 0) = 0
    then coalesce(people_before.people_covered, 0) end as people_covered_month_before,
  {% for column in counts -%}
  monthly.{{ column }},
  {% endfor -%}
  coalesce(conflict.conflicts, 0) as response_conflicts,
  coalesce(gap.gap_enrollments, 0) as cost_gap_enrollments,
  gap.gap_input as cost_gap_input,
  coalesce(gap.gap_inputs, 0) as cost_gap_inputs,
  coalesce(people.people_covered_ytd, 0) as people_covered_ytd,
  coalesce(feed.feeds_reported, 0) as feeds_reported,
  coalesce(offer.offers, 0) as offers_on_record,
  minimum.minimum_count as suppression_minimum
from monthly
inner join year_to_date
  on monthly.company_id = year_to_date.company_id and monthly.report_date = year_to_date.report_date
inner join first_month on monthly.company_id = first_month.company_id
cross join minimum
left join year_to_date as year_before
  on monthly.company_id = year_before.company_id
  and year_before.month_start = {{ add_months('monthly.month_start', -12) }}
left join monthly as month_before
  on monthly.company_id = month_before.company_id
  and month_before.month_start = {{ add_months('monthly.month_start', -1) }}
left join people
  on monthly.company_id = people.company_id and monthly.month_start = people.month_start
left join people as people_before
  on monthly.company_id = people_before.company_id
  and people_before.month_start = {{ add_months('monthly.month_start', -1) }}
left join conflict
  on monthly.company_id = conflict.company_id and monthly.month_start = conflict.month_start
left join conflict as conflict_before
  on monthly.company_id = conflict_before.company_id
  and conflict_before.month_start = {{ add_months('monthly.month_start', -1) }}
left join gap
  on monthly.company_id = gap.company_id and monthly.month_start = gap.month_start
left join feed
  on monthly.company_id = feed.company_id and monthly.month_start = feed.month_start
left join offer on monthly.company_id = offer.company_id
