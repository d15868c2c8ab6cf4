-- Whether a person reaches the hours, by the average over the ended months of the year in which they were
-- employed on every day; where hours are not on file their full-time status may answer. Then the plans of health.
eligible as (
  select
    employed.company_id, employed.employee_id,
    case
      when bool_and(hours.credited_hours is not null and hours.hours_reason is null)
        then avg(hours.credited_hours) >= max(asked.hours)
      when bool_and(coalesce(full_time.is_full_time, false)) and max(asked.hours) <= max(law.full_time_hours_month)
        then true
      when not bool_or(coalesce(full_time.is_full_time, true)) and max(asked.hours) >= max(law.full_time_hours_month)
        then false
    end as is_eligible
  from standing.intermediate.int_law__aca_employed_month as employed
  inner join standing.intermediate.int_law__aca_month as month_of_year
    on employed.tax_year = month_of_year.tax_year and month_of_year.month between employed.month and employed.last_month
  inner join asked_hours as asked on employed.tax_year = asked.tax_year
  inner join standing.intermediate.int_law__by_tax_year as law on employed.tax_year = law.tax_year
  inner join standing.intermediate.int_law__aca_known_month as known
    on employed.company_id = known.company_id and month_of_year.month_start = known.month_start and not known.is_open
  left join standing.intermediate.int_law__aca_hours_month as hours
    on employed.company_id = hours.company_id and employed.employee_id = hours.employee_id
    and month_of_year.month_start = hours.month_start
  left join standing.intermediate.int_law__aca_full_time_month as full_time
    on employed.company_id = full_time.company_id and employed.employee_id = full_time.employee_id
    and employed.month_start = full_time.month_start
  where employed.is_employed and employed.employed_days = day(employed.month_end)
  group by employed.company_id, employed.employee_id
),

health as (
  select benefit_plan_id from standing.marts.dim_benefit_plan
  where benefit_type in ('health', 'ichra') or is_mec or is_ichra
)
