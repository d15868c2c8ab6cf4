-- Coverage ends where the offer does.
with {eligible}

select coverage.* exclude (is_lost, year_start, year_end) replace (
  case when is_lost and coverage.covered_from < year_start
    then least(coalesce(coverage.covered_to, year_end), year_start - 1) else coverage.covered_to end as covered_to,
  case when is_lost and coverage.covered_from >= year_start then false else coverage.is_covered end as is_covered)
from (
  select coverage.*, asked.year_start, asked.year_end,
    health.benefit_plan_id is not null and not coalesce(eligible.is_eligible, true)
      and coverage.covered_from <= asked.year_end as is_lost
  from {this} as coverage
  cross join asked_hours as asked
  left join health on coverage.benefit_plan_id = health.benefit_plan_id
  left join eligible on coverage.company_id = eligible.company_id and coverage.employee_id = eligible.employee_id
) as coverage
