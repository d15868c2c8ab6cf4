{% set key = ['company_id', 'scope_key', 'analysis_period', 'month_start'] -%}
with period as (
  select * from {{ ref('int_enrollment__period') }}
),

part as (
  select * from {{ ref('int_cost__period') }}
),

cost as (
  select
    {{ key | join(', ') }},
    {{ known_sum('sum(employer_cost)', 'sum(employer_unknown)') }} as employer_cost,
    {{ known_sum('sum(employee_cost)', 'sum(employee_unknown)') }} as employee_cost,
    {{ known_sum('sum(total_cost)', 'sum(total_unknown)') }} as total_cost,
    sum(modelled_count) > 0 as is_modelled
  from part
  group by {{ key | join(', ') }}
),

{% for name, column in [('department', 'department_id'), ('benefit_type', 'benefit_type')] -%}
{{ name }}_part as (
  select
    {{ key | join(', ') }},
    {{ column }},
    {{ known_sum('sum(total_cost)', 'sum(total_unknown)') }} as total_cost
  from part
  group by {{ key | join(', ') }}, {{ column }}
),

{{ name }}_list as (
  select
    {{ key | join(', ') }},
    {{ json_list(
      "'{\"" ~ column ~ "\":' || " ~ json_string(column) ~ " || ',\"total_benefits_cost\":' || "
      ~ json_number('cast(total_cost as decimal(18,2))') ~ " || '}'", "coalesce(" ~ column ~ ", '~')") }} as items
  from {{ name }}_part
  group by {{ key | join(', ') }}
),
{% endfor %}
pending as (
  select company_id, provider_config_id, count(*) as pending
  from {{ ref('int_enrollment__coverage_interval') }}
  where enrollment_status in ('Pending', 'Submitted', 'On Hold')
    and covered_from <= {{ open_end('covered_to') }}
  group by company_id, provider_config_id
),

scoped_pending as (
  select company_id, provider_config_id as scope_key, pending from pending where provider_config_id is not null
  union all
  select company_id, '' as scope_key, sum(pending) as pending from pending group by company_id
),

score as (
  select
    period.company_id,
    period.scope_key,
    period.analysis_period,
    period.month_start,
    month_score.performance_score,
    row_number() over (
      partition by period.company_id, period.scope_key, period.analysis_period, period.month_start
      order by month_score.month_start desc
    ) as place
  from period
  inner join {{ ref('int_provider__month_score') }} as month_score
    on period.company_id = month_score.company_id
    and period.provider_config_id = month_score.provider_config_id
    and month_score.month_start between period.period_start and period.month_start
),

survey as (
  select
    period.company_id,
    period.analysis_period,
    period.month_start,
    case when sum(survey_month.unknown_rows) = 0
      then {{ divide('sum(survey_month.weighted_score)', 'sum(survey_month.responses)') }} end as satisfaction
  from period
  inner join {{ ref('int_provider__survey_month') }} as survey_month
    on period.company_id = survey_month.company_id
    and survey_month.month_start between period.period_start and period.month_start
  where period.provider_config_id is null
  group by period.company_id, period.analysis_period, period.month_start
)

select
  period.company_id,
  period.provider_config_id,
  period.scope_key,
  period.analysis_period,
  period.month_start,
  period.month_end,
  period.covered,
  period.active,
  period.ended,
  period.conflict,
  period.conflict_active,
  period.conflict_ended,
  case when period.conflict = 0 then period.people_covered end as people_covered,
  period.people_offered,
  case when period.conflict = 0 then period.people_both end as people_both,
  period.offers,
  period.answered,
  case when period.month_end = {{ as_of_month_end() }} then coalesce(scoped_pending.pending, 0) end as pending,
  cast(case when cost.company_id is null then 0 else cost.employer_cost end as decimal(18,2)) as employer_cost,
  cast(case when cost.company_id is null then 0 else cost.employee_cost end as decimal(18,2)) as employee_cost,
  cast(case when cost.company_id is null then 0 else cost.total_cost end as decimal(18,2)) as total_cost,
  coalesce(cost.is_modelled, false) as is_modelled,
  coalesce(department_list.items, '[]') as department_breakdown,
  coalesce(benefit_type_list.items, '[]') as benefit_type_breakdown,
  score.performance_score as provider_score,
  survey.satisfaction
from period
{% for name in ['cost', 'department_list', 'benefit_type_list', 'score'] -%}
left join {{ name }}
  on period.company_id = {{ name }}.company_id
  and period.scope_key = {{ name }}.scope_key
  and period.analysis_period = {{ name }}.analysis_period
  and period.month_start = {{ name }}.month_start
  {% if name == 'score' %}and score.place = 1{% endif %}
{% endfor -%}
left join scoped_pending
  on period.company_id = scoped_pending.company_id
  and period.scope_key = scoped_pending.scope_key
left join survey
  on period.company_id = survey.company_id
  and period.analysis_period = survey.analysis_period
  and period.month_start = survey.month_start
  and period.provider_config_id is null
