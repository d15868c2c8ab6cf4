-- Offers of health coverage: none below the hours, one from them on.
with {eligible},

was as (
  select offer.*, health.benefit_plan_id is not null and offer.reason = 'active' as is_health
  from {this} as offer left join health on offer.benefit_plan_id = health.benefit_plan_id
),

kept as (
  select was.* exclude (is_health) replace (
    case when was.is_health and not coalesce(eligible.is_eligible, true) and was.coverage_from < asked.year_start
      then least(coalesce(was.coverage_to, asked.year_end), asked.year_start - 1) else was.coverage_to end as coverage_to)
  from was
  cross join asked_hours as asked
  left join eligible on was.company_id = eligible.company_id and was.employee_id = eligible.employee_id
  where not was.is_health or coalesce(eligible.is_eligible, true)
    or was.coverage_from < asked.year_start or was.coverage_from > asked.year_end
),

ranked as (
  select
    priced.company_id, priced.benefit_plan_id,
    row_number() over (partition by priced.company_id order by sum(priced.months) desc, priced.benefit_plan_id) as place,
    coalesce(2 * sum(priced.months) filter (where offer.offered_to_spouse), 0) >= sum(priced.months) as offered_to_spouse,
    coalesce(2 * sum(priced.months) filter (where offer.spouse_conditional), 0) > sum(priced.months) as spouse_conditional,
    coalesce(2 * sum(priced.months) filter (where offer.offered_to_dependents), 0) >= sum(priced.months) as offered_to_dependents
  from (
    select *, last_month - month + 1 as months from standing.intermediate.int_law__aca_priced_offer_month
  ) as priced
  inner join asked_hours as asked on priced.tax_year = asked.tax_year
  inner join {this} as offer on priced.benefit_offer_id = offer.benefit_offer_id
  where not priced.is_ichra and priced.reason = 'active'
  group by priced.company_id, priced.benefit_plan_id
),

gained as (
  select eligible.company_id, eligible.employee_id
  from eligible
  where eligible.is_eligible and not exists (
    select 1 from was cross join asked_hours as asked
    where was.is_health and was.company_id = eligible.company_id and was.employee_id = eligible.employee_id
      and was.coverage_from <= asked.year_end and coalesce(was.coverage_to, asked.year_end) >= asked.year_start)
)

select * from kept
union all by name
select
  'whatif-' || gained.employee_id as benefit_offer_id, gained.company_id, gained.employee_id, ranked.benefit_plan_id,
  asked.year_start as coverage_from, asked.year_end as coverage_to, 'active' as reason,
  ranked.offered_to_spouse, ranked.spouse_conditional, ranked.offered_to_dependents, 'no_response' as response
from gained
cross join asked_hours as asked
inner join ranked on gained.company_id = ranked.company_id and ranked.place = 1
