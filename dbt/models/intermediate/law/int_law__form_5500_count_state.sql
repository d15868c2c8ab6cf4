{# Which table a plan year's people are counted from, and why a day cannot be counted. #}
with filing as (
  select * from {{ ref('int_law__form_5500_plan_year') }}
),

has_list as (
  select benefit_plan_id from {{ ref('stg_hr__plan_participant') }} group by benefit_plan_id
),

table_state as (
  select table_name, state from {{ ref('stg_landing__table_state') }}
  where table_name in ('benefits_enrollment', 'plan_participant')
),

rejected as (
  select table_name, company_id from {{ ref('int_law__form_5500_rejected') }}
  where table_name in ('benefits_enrollment', 'coverage_basis', 'plan_participant', 'employee')
  group by table_name, company_id
),

complete as (
  select company_id, table_name, complete_from, complete_to from {{ ref('stg_hr__data_completeness') }}
),

reader as (
  select
    filing.filing_id,
    filing.company_id,
    filing.start_date,
    filing.end_date,
    filing.is_ended,
    case when has_list.benefit_plan_id is null then 'benefits_enrollment' else 'plan_participant' end as source_table
  from filing
  left join has_list on filing.benefit_plan_id = has_list.benefit_plan_id
),

hindered as (
  select reader.filing_id, max(rejected.table_name) as table_name
  from reader
  inner join rejected on coalesce(rejected.company_id, reader.company_id) = reader.company_id
  where rejected.table_name in (reader.source_table, 'employee')
    or (rejected.table_name = 'plan_participant')
    or (rejected.table_name = 'coverage_basis' and reader.source_table = 'benefits_enrollment')
  group by reader.filing_id
),

known_day as (
  select
    reader.filing_id,
    max(case when complete.complete_from <= reader.start_date and complete.complete_to >= reader.start_date then 1 else 0 end) as is_first_known,
    max(case when complete.complete_from <= reader.end_date and complete.complete_to >= reader.end_date then 1 else 0 end) as is_last_known
  from reader
  inner join complete on reader.company_id = complete.company_id and reader.source_table = complete.table_name
  group by reader.filing_id
),

reasoned as (
  select
    reader.filing_id,
    reader.source_table,
    reader.is_ended,
    case
      when coalesce(table_state.state, 'absent') = 'absent'
        then 'There is neither a participant list of the plan nor an enrollment file'
      when hindered.table_name is not null then 'Rows of ' || hindered.table_name || ' are in quarantine'
    end as reason,
    coalesce(known_day.is_first_known, 1) = 1 as is_first_known,
    coalesce(known_day.is_last_known, 1) = 1 as is_last_known
  from reader
  left join table_state on reader.source_table = table_state.table_name
  left join hindered on reader.filing_id = hindered.filing_id
  left join known_day on reader.filing_id = known_day.filing_id
)

select
  filing_id,
  source_table,
  coalesce(
    reason,
    case when not is_first_known then 'Outside the days for which ' || source_table || ' is complete' end
  ) as first_reason,
  coalesce(
    case when not is_ended then 'The plan year has not ended on the as-of day' end,
    reason,
    case when not is_last_known then 'Outside the days for which ' || source_table || ' is complete' end
  ) as last_reason
from reasoned
