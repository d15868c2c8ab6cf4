{# What plan_filing says about a return: an empty box of its row is not checked, an absent table leaves boxes unknown. #}
with filing as (
  select * from {{ ref('int_law__form_5500_plan_year') }}
),

plan as (
  select benefit_plan_id, effective_date, termination_date from {{ ref('stg_hr__benefit_plan') }}
),

declared as (
  select
    *,
    row_number() over (
      partition by benefit_plan_id, plan_year
      order by case when is_amended then 0 else 1 end, {{ open_end('signed_on') }} desc, plan_filing_id
    ) as position
  from {{ ref('stg_hr__plan_filing') }}
),

filing_state as (
  select coalesce(max(case when state <> 'absent' then 1 else 0 end), 0) as is_known
  from {{ ref('stg_landing__table_state') }}
  where table_name = 'plan_filing'
)

select
  filing.filing_id,
  filing_state.is_known = 1 as is_known,
  declared.plan_filing_id is not null as has_row,
  coalesce(
    {{ checked('declared.is_first') }},
    case
      when plan.effective_date between filing.start_date and filing.end_date then 1
      when plan.effective_date < filing.start_date then 0
    end
  ) as is_first,
  case when filing_state.is_known = 1 then coalesce({{ checked('declared.is_amended') }}, 0) end as is_amended,
  coalesce(
    {{ checked('declared.is_final') }},
    case
      when plan.termination_date between filing.start_date and filing.end_date then 1
      when filing_state.is_known = 1 then 0
    end
  ) as is_final,
  declared.is_final is null
  and plan.termination_date between filing.start_date and filing.end_date as is_final_derived,
  case
    when filing_state.is_known = 1
      then case when declared.form_5558_filed_on <= filing.due_date then 1 else 0 end
  end as is_extended_5558,
  declared.form_5558_filed_on > filing.due_date as is_5558_late,
  case when filing_state.is_known = 1 then coalesce({{ checked('declared.automatic_extension') }}, 0) end as is_extended_automatic,
  case when filing_state.is_known = 1 then coalesce({{ checked('declared.is_dfvcp') }}, 0) end as is_dfvcp,
  case when filing_state.is_known = 1 then case when declared.special_extension is not null then 1 else 0 end end as is_extended_special,
  declared.special_extension,
  declared.prior_sponsor_name,
  {{ digits('declared.prior_sponsor_ein') }} as prior_sponsor_ein,
  declared.prior_plan_name,
  declared.prior_plan_number,
  declared.signed_on,
  declared.signer_name,
  declared.sponsor_signed_on,
  declared.m1_in_compliance
from filing
inner join plan on filing.benefit_plan_id = plan.benefit_plan_id
cross join filing_state
left join declared
  on filing.benefit_plan_id = declared.benefit_plan_id
  and filing.plan_year = declared.plan_year
  and declared.position = 1
