with law as (
  {{ law_in_force() }}
),

company_basis as (
  select
    company_id,
    min(coalesce(equivalency, 'actual')) as basis_low,
    max(coalesce(equivalency, 'actual')) as basis_high
  from {{ ref('stg_hr__measurement_policy') }}
  group by company_id
),

recorded as (
  select
    hours.company_id, hours.employee_id, hours.period_start, hours.period_end, hours.hours,
    {{ days_between('hours.period_start', 'hours.period_end') }} + 1 as period_days,
    coalesce(hours.basis, case when company_basis.basis_low = company_basis.basis_high then company_basis.basis_low end,
      case when company_basis.company_id is null then 'actual' end) as basis
  from {{ ref('stg_hr__hours_of_service') }} as hours
  left join company_basis on hours.company_id = company_basis.company_id
  where hours.period_start <= hours.period_end
),

credited as (
  select
    recorded.company_id, recorded.employee_id, recorded.period_start, recorded.period_end, recorded.period_days,
    case
      when recorded.basis = 'days_worked' and recorded.period_days = 1 and recorded.hours > 0 then law.equivalency_hours_day
      when recorded.basis = 'days_worked' and recorded.hours <= recorded.period_days then recorded.hours * law.equivalency_hours_day
      when recorded.basis = 'weeks_worked' and recorded.period_days = 7 and recorded.hours > 0 then law.equivalency_hours_week
      when recorded.basis = 'weeks_worked' and recorded.hours * 7 <= recorded.period_days + 12
        then recorded.hours * law.equivalency_hours_week
      else recorded.hours
    end as credited_hours,
    case when recorded.basis is null then 'hours_basis' end as hours_reason
  from recorded
  cross join law
  where recorded.period_days <= 366
    and not (coalesce(recorded.basis, 'actual') = 'weeks_worked' and recorded.period_days < 7)
  union all
  select
    part_week.company_id, part_week.employee_id, part_week.week_start as period_start,
    {{ add_days('part_week.week_start', 6) }} as period_end, 7 as period_days,
    case when max(part_week.hours) > 0 then max(law.equivalency_hours_week) else 0 end as credited_hours,
    cast(null as string) as hours_reason
  from (
    select company_id, employee_id, {{ add_days('period_start', '1 - ' ~ weekday('period_start')) }} as week_start, hours
    from recorded
    where basis = 'weeks_worked' and period_days < 7
  ) as part_week
  cross join law
  group by part_week.company_id, part_week.employee_id, part_week.week_start
),

numbered as (
  select credited.*, {{ person_number('credited') }} as person_number from credited
),

with_before as (
  select
    numbered.*,
    max(period_end) over (
      partition by person_number order by period_start, period_end rows between unbounded preceding and 1 preceding
    ) as before_end
  from numbered
)

select
  company_id, employee_id, period_start, period_end, period_days,
  cast(credited_hours as decimal(12,4)) as credited_hours,
  hours_reason,
  before_end,
  case when before_end >= period_start then {{ earlier('before_end', 'period_end') }} end as overlap_to
from with_before
