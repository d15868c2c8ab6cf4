with employer as (
  select
    company_id, tax_year,
    max(case when ale_status = 'ale' then 1 else 0 end) as is_ale,
    max(case when ale_status = 'not_ale' then 1 else 0 end) as is_not_ale,
    max(case when qualifying_offer_method then 1 else 0 end) as is_qualifying_declared,
    max(case when ninety_eight_percent_method then 1 else 0 end) as is_ninety_eight_declared
  from {{ ref('stg_hr__aca_employer_year') }}
  group by company_id, tax_year
),

form as (
  select
    company_id, tax_year,
    cast(sum(case when form = '1095-C' then 1 else 0 end) as integer) as form_count,
    cast(sum(case when form = 'unknown' then 1 else 0 end) as integer) as undecided_count,
    min(form_reason) as form_reason
  from {{ ref('int_law__aca_form') }}
  group by company_id, tax_year
),

qualifying as (
  select company_id, tax_year, max(case when line_14 = '1A' then 1 else 0 end) as has_1a
  from {{ ref('int_law__aca_employee_month') }}
  group by company_id, tax_year
),

grouped as (
  select company_id, tax_year from {{ ref('int_law__aca_group_month') }} group by company_id, tax_year
),

head as (
  select company_id, tax_year, min(day_rule) as day_rule, max(case when is_day_rule_assumed then 1 else 0 end) as is_day_rule_assumed
  from {{ ref('int_law__aca_head_count_month') }}
  group by company_id, tax_year
)

select
  company.company_id, form.tax_year, company.ein, company.legal_name as employer_name,
  case when form.undecided_count = 0 then form.form_count end as form_count,
  case when form.undecided_count > 0 then coalesce(form.form_reason, 'whole_year_open') end as form_count_reason,
  case when {{ table_known('ale_group_member') }} = 1 then grouped.company_id is not null end as is_group_member,
  case when {{ table_known('ale_group_member') }} = 0 then 'group_absent' end as group_reason,
  coalesce(employer.is_qualifying_declared, 0) = 1 or coalesce(qualifying.has_1a, 0) = 1 as is_qualifying_offer_method,
  coalesce(employer.is_ninety_eight_declared, 0) = 1 as is_ninety_eight_percent_method,
  coalesce(qualifying.has_1a, 0) = 1 and coalesce(employer.is_qualifying_declared, 0) = 0 as is_qualifying_undeclared,
  coalesce(employer.is_qualifying_declared, 0) = 1 and coalesce(made.is_qualifying_offer_made = false, false) as is_qualifying_unmade,
  case
    when affordable.missed_count * 100 > (100 - law.affordable_offer_share_pct) * affordable.form_count then false
    when (affordable.missed_count + affordable.unknown_count) * 100 <= (100 - law.affordable_offer_share_pct) * affordable.form_count
      then true
  end as is_ninety_eight_percent_kept,
  head.day_rule, head.is_day_rule_assumed = 1 as is_day_rule_assumed
from form
inner join {{ ref('stg_hr__company') }} as company on form.company_id = company.company_id
inner join {{ ref('int_law__by_tax_year') }} as law on form.tax_year = law.tax_year
inner join head on form.company_id = head.company_id and form.tax_year = head.tax_year
left join employer on form.company_id = employer.company_id and form.tax_year = employer.tax_year
left join qualifying on form.company_id = qualifying.company_id and form.tax_year = qualifying.tax_year
left join grouped on form.company_id = grouped.company_id and form.tax_year = grouped.tax_year
left join {{ ref('int_law__aca_qualifying_offer_year') }} as made
  on form.company_id = made.company_id and form.tax_year = made.tax_year
left join {{ ref('int_law__aca_affordable_offer_year') }} as affordable
  on form.company_id = affordable.company_id and form.tax_year = affordable.tax_year
where coalesce(employer.is_not_ale, 0) = 0 or coalesce(employer.is_ale, 0) = 1
