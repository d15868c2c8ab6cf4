{# Who counts on the first and the last day of a plan year (D68). A declared list wins; is_counted marks the source used. #}
with filing as (
  select * from {{ ref('int_law__form_5500_plan_year') }}
),

component as (
  select filing_plan_id, benefit_plan_id from {{ ref('int_law__form_5500_component') }}
),

declared as (
  select * from {{ ref('stg_hr__plan_participant') }}
),

has_list as (
  select benefit_plan_id from declared group by benefit_plan_id
),

coverage as (
  select * from {{ ref('int_enrollment__coverage_interval') }} where is_covered
),

basis as (
  select enrollment_id, basis, from_date, to_date from {{ ref('stg_hr__coverage_basis') }}
),

employee as (
  select employee_id, employee_number, person_key from {{ ref('stg_hr__employee') }}
),

counting_day as (
  select filing_id, benefit_plan_id, 'first' as day_kind, start_date as count_date from filing
  union all
  select filing_id, benefit_plan_id, 'last' as day_kind, end_date as count_date from filing where is_ended
),

stated as (
  select
    counting_day.filing_id,
    counting_day.day_kind,
    counting_day.count_date,
    'plan_participant' as source,
    coalesce(employee.person_key, declared.employee_id, declared.person_key, declared.plan_participant_id) as person_key,
    declared.employee_id,
    declared.status,
    false as is_basis_assumed
  from counting_day
  inner join declared
    on counting_day.benefit_plan_id = declared.benefit_plan_id and counting_day.count_date = declared.as_of_date
  left join employee on declared.employee_id = employee.employee_id
),

computed as (
  select
    counting_day.filing_id,
    counting_day.day_kind,
    counting_day.count_date,
    'coverage' as source,
    coverage.person_key,
    coverage.employee_id,
    case
      when coverage.is_response_conflict then 'unknown'
      when basis.basis = 'retiree' then 'retired'
      when basis.basis = 'surviving_spouse' then 'beneficiary'
      else coalesce(basis.basis, 'active')
    end as status,
    basis.basis is null as is_basis_assumed
  from counting_day
  inner join component on counting_day.benefit_plan_id = component.filing_plan_id
  inner join coverage
    on component.benefit_plan_id = coverage.benefit_plan_id
    and coverage.covered_from <= counting_day.count_date
    and {{ open_end('coverage.covered_to') }} >= counting_day.count_date
  left join basis
    on coverage.enrollment_id = basis.enrollment_id
    and basis.from_date <= counting_day.count_date
    and {{ open_end('basis.to_date') }} >= counting_day.count_date
),

together as (
  select * from stated
  union all
  select * from computed
),

ranked as (
  select
    *,
    row_number() over (
      partition by filing_id, day_kind, source, person_key
      order by case status when 'active' then 1 when 'retired' then 2 when 'receiving' then 3 when 'cobra' then 4
        when 'deferred_vested' then 5 when 'beneficiary' then 6 else 7 end, employee_id,
        case when is_basis_assumed then 1 else 0 end
    ) as position
  from together
)

select
  ranked.filing_id,
  filing.company_id,
  filing.plan_year,
  filing.benefit_plan_id,
  ranked.day_kind,
  ranked.count_date,
  ranked.person_key,
  ranked.employee_id,
  employee.employee_number,
  ranked.status,
  case
    when ranked.status = 'active' then '6a'
    when ranked.status in ('retired', 'receiving', 'cobra') then '6b'
    when ranked.status = 'deferred_vested' then '6c'
    when ranked.status = 'beneficiary' then '6e'
  end as line,
  ranked.source,
  ranked.is_basis_assumed,
  (has_list.benefit_plan_id is not null) = (ranked.source = 'plan_participant') as is_counted
from ranked
inner join filing on ranked.filing_id = filing.filing_id
left join has_list on filing.benefit_plan_id = has_list.benefit_plan_id
left join employee on ranked.employee_id = employee.employee_id
where ranked.position = 1
