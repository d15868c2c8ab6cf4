with skeleton as (
  select * from {{ ref('int_enrollment__scope_month') }}
),

people as (
  select * from {{ ref('int_enrollment__people_count') }}
),

enrollment as (
  select *, provider_config_id as scope_key from {{ ref('int_enrollment__enrollment_count') }}
  where provider_config_id is not null
  union all
  select *, '' as scope_key from {{ ref('int_enrollment__enrollment_count') }}
),

offer as (
  select company_id, provider_config_id as scope_key, {{ month_start('coverage_from') }} as month_start, is_answered
  from {{ ref('int_enrollment__offer_interval') }}
  where provider_config_id is not null
  union all
  select company_id, '' as scope_key, {{ month_start('coverage_from') }} as month_start, is_answered
  from {{ ref('int_enrollment__offer_interval') }}
),

{% set enrollment_figures = ['covered', 'covered_first', 'active', 'ended', 'conflict', 'conflict_first', 'conflict_active', 'conflict_ended'] -%}
enrollment_month as (
  select company_id, scope_key, month_start,
    {% for f in enrollment_figures %}sum({{ f }}) as {{ f }}{{ ', ' if not loop.last }}{% endfor %}
  from enrollment
  group by company_id, scope_key, month_start
),

offer_month as (
  select company_id, scope_key, month_start,
    count(*) as offers,
    sum(case when is_answered then 1 else 0 end) as answered
  from offer
  group by company_id, scope_key, month_start
),

joined as (
  select
    skeleton.*,
    coalesce(enrollment_month.covered, 0) as covered,
    coalesce(enrollment_month.active, 0) as active,
    coalesce(enrollment_month.ended, 0) as ended,
    coalesce(enrollment_month.conflict, 0) as conflict,
    coalesce(enrollment_month.conflict_active, 0) as conflict_active,
    coalesce(enrollment_month.conflict_ended, 0) as conflict_ended,
    coalesce(people.covered, 0) as people_covered,
    coalesce(people.offered, 0) as people_offered,
    coalesce(people.both, 0) as people_both,
    coalesce(offer_month.offers, 0) as offers,
    coalesce(offer_month.answered, 0) as answered,
    {{ year_to_date('enrollment_month.covered_first') }} as ytd_covered,
    {{ year_to_date('enrollment_month.ended') }} as ytd_ended,
    {{ year_to_date('enrollment_month.conflict_first') }} as ytd_conflict,
    {{ year_to_date('enrollment_month.conflict_ended') }} as ytd_conflict_ended,
    {{ year_to_date('people.covered_first') }} as ytd_people_covered,
    {{ year_to_date('people.offered_first') }} as ytd_people_offered,
    {{ year_to_date('people.both_first') }} as ytd_people_both,
    {{ year_to_date('offer_month.offers') }} as ytd_offers,
    {{ year_to_date('offer_month.answered') }} as ytd_answered
  from skeleton
  left join enrollment_month
    on skeleton.company_id = enrollment_month.company_id
    and skeleton.scope_key = enrollment_month.scope_key
    and skeleton.month_start = enrollment_month.month_start
  left join people
    on skeleton.company_id = people.company_id
    and skeleton.scope_key = people.scope_key
    and skeleton.month_start = people.month_start
  left join offer_month
    on skeleton.company_id = offer_month.company_id
    and skeleton.scope_key = offer_month.scope_key
    and skeleton.month_start = offer_month.month_start
)

{% set shared = 'company_id, provider_config_id, scope_key, month_start, month_end, active, conflict_active' -%}
{% set figures = ['covered', 'ended', 'conflict', 'conflict_ended', 'people_covered', 'people_offered', 'people_both', 'offers', 'answered'] -%}
select {{ shared }}, 'Monthly' as analysis_period, month_start as period_start,
  {% for f in figures %}{{ f }}{{ ', ' if not loop.last }}{% endfor %}
from joined where is_shown
union all
select {{ shared }}, 'YTD' as analysis_period, {{ year_start('month_start') }} as period_start,
  {% for f in figures %}ytd_{{ f }} as {{ f }}{{ ', ' if not loop.last }}{% endfor %}
from joined where is_shown
