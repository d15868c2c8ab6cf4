{# The counts of lines 5 and 6a to 6d; a count that cannot be known is empty and has its reason. #}
with state as (
  select * from {{ ref('int_law__form_5500_count_state') }}
),

participant as (
  select * from {{ ref('int_law__form_5500_participant') }}
),

counted as (
  select
    filing_id,
    sum(case when day_kind = 'first' then 1 else 0 end) as first_total,
    sum(case when day_kind = 'first' and line = '6a' then 1 else 0 end) as first_active,
    sum(case when day_kind = 'last' and line = '6a' then 1 else 0 end) as last_active,
    sum(case when day_kind = 'last' and line = '6b' then 1 else 0 end) as last_receiving,
    sum(case when day_kind = 'last' and line = '6c' then 1 else 0 end) as last_future,
    sum(case when day_kind = 'first' and line = '6e' then 1 else 0 end) as beneficiaries,
    sum(case when day_kind = 'first' and status = 'unknown' then 1 else 0 end) as first_unknown,
    sum(case when day_kind = 'last' and status = 'unknown' then 1 else 0 end) as last_unknown
  from participant
  where is_counted
  group by filing_id
),

person as (
  select
    filing_id,
    day_kind,
    person_key,
    max(case when source = 'coverage' then line end) as covered_line,
    max(case when source = 'plan_participant' then line end) as listed_line
  from participant
  group by filing_id, day_kind, person_key
),

compared as (
  select
    filing_id,
    sum(case when covered_line is not null then 1 else 0 end) as covered,
    sum(case when listed_line is not null then 1 else 0 end) as listed,
    sum(case when coalesce(covered_line, '') <> coalesce(listed_line, '') then 1 else 0 end) as different
  from person
  group by filing_id
),

judged as (
  select
    state.filing_id,
    state.source_table,
    counted.first_total,
    counted.first_active,
    counted.last_active,
    counted.last_receiving,
    counted.last_future,
    counted.beneficiaries,
    compared.covered,
    compared.listed,
    compared.different,
    coalesce(
      state.first_reason,
      case when counted.first_unknown > 0 then 'Someone waived the offer of a plan that covers them' end
    ) as first_reason,
    coalesce(
      state.last_reason,
      case when counted.last_unknown > 0 then 'Someone waived the offer of a plan that covers them' end
    ) as last_reason
  from state
  left join counted on state.filing_id = counted.filing_id
  left join compared on state.filing_id = compared.filing_id
)

select
  filing_id,
  source_table,
  first_reason,
  last_reason,
  cast(case when first_reason is null then coalesce(first_total, 0) end as integer) as first_total,
  cast(case when first_reason is null then coalesce(first_active, 0) end as integer) as first_active,
  cast(case when last_reason is null then coalesce(last_active, 0) end as integer) as last_active,
  cast(case when last_reason is null then coalesce(last_receiving, 0) end as integer) as last_receiving,
  cast(case when last_reason is null then coalesce(last_future, 0) end as integer) as last_future,
  cast(coalesce(beneficiaries, 0) as integer) as beneficiaries,
  cast(case when coalesce(covered, 0) > 0 and coalesce(listed, 0) > 0 then different else 0 end as integer) as different_people
from judged
