{#- urgency: 1 costs already, 2 an offer is due, 3 on the way to full-time, 4 not known. -#}
with closed as (
  select company_id, max(month_start) as month_start
  from {{ ref('int_law__aca_known_month') }}
  where not is_open
  group by company_id
),

price as (
  select
    exposure.company_id, exposure.month_start, exposure.tax_year, exposure.a_most, law.penalty_b_annual,
    cast({{ smaller(divide('law.penalty_b_annual', '12'), 'exposure.a_most') }} as decimal(14,2)) as month_amount
  from closed
  inner join {{ ref('int_law__aca_exposure_month') }} as exposure
    on closed.company_id = exposure.company_id and closed.month_start = exposure.month_start
  inner join {{ ref('int_law__by_tax_year') }} as law on exposure.tax_year = law.tax_year
),

person as (
  select company_id, employee_id, min(ein) as ein, min(employee_number) as employee_number
  from {{ ref('int_law__aca_employee_year') }}
  group by company_id, employee_id
),

so_far as (
  select
    exposed.company_id, exposed.employee_id,
    cast(count(*) as integer) as month_count,
    min(exposed.month_start) as since
  from {{ ref('int_law__aca_exposed_month') }} as exposed
  inner join price on exposed.company_id = price.company_id and exposed.tax_year = price.tax_year
  where exposed.is_exposed
  group by exposed.company_id, exposed.employee_id
),

then_offered as (
  select running.company_id, running.employee_id, running.kind, running.measure_from
  from {{ ref('int_law__aca_running_window') }} as running
  inner join {{ ref('int_law__aca_value_offer') }} as offer
    on running.company_id = offer.company_id and running.employee_id = offer.employee_id and not offer.is_doubtful
    and offer.coverage_from <= {{ first_of_month_from('running.stability_from') }}
    and offer.coverage_to >= {{ first_of_month_from('running.stability_from') }}
  group by running.company_id, running.employee_id, running.kind, running.measure_from
),

listed as (
  select
    exposed.company_id, exposed.employee_id, exposed.kind,
    case when exposed.is_exposed then 1 else 4 end as urgency,
    coalesce(so_far.since, exposed.month_start) as since,
    cast(null as date) as due_date,
    coalesce(so_far.month_count, 0) as month_count,
    cast(null as decimal(14,2)) as hours, cast(null as decimal(14,2)) as average_month_hours,
    cast(null as decimal(14,2)) as hours_to_full_time,
    false as is_offered_then,
    case when exposed.kind = 'unknown' then coalesce(fact.block_reason, fact.full_time_reason, fact.waiting_reason, fact.offer_reason) end as reason
  from {{ ref('int_law__aca_exposed_month') }} as exposed
  inner join price on exposed.company_id = price.company_id and exposed.month_start = price.month_start
  inner join {{ ref('int_law__aca_fact_month') }} as fact
    on exposed.company_id = fact.company_id and exposed.employee_id = fact.employee_id and exposed.decided_from = fact.month_start
  left join so_far on exposed.company_id = so_far.company_id and exposed.employee_id = so_far.employee_id
  where exposed.is_exposed or exposed.kind = 'unknown'
  union all
  select
    company_id, employee_id, case when due_reason is null then 'offer_due' else 'unknown' end, case when due_reason is null then 2 else 4 end,
    since, due_date, 0, null, null, null, false, due_reason
  from {{ ref('int_law__aca_offer_due') }}
  union all
  select
    running.company_id, running.employee_id,
    case when trend_reason is not null then 'unknown' when trend = 'reached' then 'full_time_reached' else 'trending' end,
    case when trend_reason is null then 3 else 4 end,
    running.measure_from, {{ first_of_month_from('running.stability_from') }}, 0,
    running.hours, running.average_month_hours, running.hours_to_full_time,
    then_offered.employee_id is not null, running.trend_reason
  from {{ ref('int_law__aca_running_window') }} as running
  left join then_offered
    on running.company_id = then_offered.company_id and running.employee_id = then_offered.employee_id
    and running.kind = then_offered.kind and running.measure_from = then_offered.measure_from
  where running.measure_to > {{ as_of() }} and coalesce(running.trend, 'unknown') <> 'below'
)

select
  listed.company_id, listed.employee_id, person.ein, person.employee_number,
  cast(listed.urgency as integer) as urgency,
  listed.kind, listed.since, listed.due_date,
  cast(case when listed.due_date is not null then {{ days_between(as_of(), 'listed.due_date') }} end as integer) as days_left,
  cast(listed.month_count as integer) as month_count,
  listed.hours, listed.average_month_hours, listed.hours_to_full_time,
  case when listed.urgency = 3 then listed.is_offered_then end as is_offered_then,
  cast(case when listed.urgency < 4 and listed.is_offered_then then 0 when listed.urgency < 4 then price.month_amount end as decimal(14,2)) as month_amount,
  cast(case when listed.urgency < 4 then {{ smaller(divide('price.penalty_b_annual * listed.month_count', '12'), 'price.a_most * listed.month_count') }}
    end as decimal(14,2)) as amount_so_far,
  case when listed.urgency = 4 then coalesce(refusal.missing || ': ' || refusal.words, 'a box of the month is not known') end as unknown_reason
from listed
inner join price on listed.company_id = price.company_id
inner join person on listed.company_id = person.company_id and listed.employee_id = person.employee_id
left join {{ ref('code_aca_refusal') }} as refusal on listed.reason = refusal.refusal_id
