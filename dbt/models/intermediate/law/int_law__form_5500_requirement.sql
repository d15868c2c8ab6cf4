{# Is a return required: the rule of the plan year's kind, size and arrangement. No rule means it is unknown. #}
with filing as (
  select * from {{ ref('int_law__form_5500_plan_year') }}
),

plan as (
  select benefit_plan_id, plan_entity, m1_required, erisa_exempt_reason from {{ ref('stg_hr__benefit_plan') }}
),

counted as (
  select filing_id, first_total, first_reason from {{ ref('int_law__form_5500_count') }}
),

arranged as (
  select filing_id, arrangement from {{ ref('int_law__form_5500_arrangement') }}
),

parts as (
  select
    filing_plan_id,
    max(derived_plan_kind) as most_kind,
    min(derived_plan_kind) as least_kind
  from {{ ref('int_law__form_5500_component') }}
  where not is_filing_plan
  group by filing_plan_id
),

rule as (
  select * from {{ ref('code_form_5500_rule') }}
),

fact as (
  select
    filing.filing_id,
    filing.company_id,
    filing.benefit_plan_id,
    filing.plan_year,
    filing.start_date,
    filing.end_date,
    case
      when plan.erisa_exempt_reason is not null then 'neither'
      when filing.plan_kind is not null then filing.plan_kind
      when parts.most_kind = parts.least_kind then parts.most_kind
    end as plan_kind,
    plan.plan_entity,
    counted.first_total,
    counted.first_reason,
    case
      when counted.first_total >= filing.small_plan_limit then 'large'
      when counted.first_total < filing.small_plan_limit then 'small'
    end as size,
    arranged.arrangement,
    case
      when plan.m1_required then 'yes'
      when not plan.m1_required then 'no'
      when plan.plan_entity = 'single_employer' then 'no'
    end as m1,
    filing.line_edition_status
  from filing
  inner join plan on filing.benefit_plan_id = plan.benefit_plan_id
  inner join counted on filing.filing_id = counted.filing_id
  inner join arranged on filing.filing_id = arranged.filing_id
  left join parts on filing.benefit_plan_id = parts.filing_plan_id
),

matched as (
  select fact.filing_id, min(rule.rule) as rule
  from fact
  inner join rule
    on fact.plan_kind = rule.plan_kind
    and (rule.size = 'any' or fact.size = rule.size)
    and (rule.arrangement = 'any' or fact.arrangement = rule.arrangement)
    and (rule.m1 = 'any' or fact.m1 = rule.m1 or (fact.size = 'large' and fact.m1 is null and rule.m1 = 'no'))
  where rule.plan_kind <> 'welfare' or fact.plan_entity = 'single_employer' or (fact.plan_entity is null and fact.size = 'large')
  group by fact.filing_id
)

select
  fact.*,
  rule.rule,
  rule.form,
  rule.schedules,
  rule.audit_report,
  rule.summary_annual_report,
  rule.reason,
  rule.citation,
  case
    when fact.plan_kind = 'pension' then 'refused'
    when fact.plan_kind = 'welfare' and fact.plan_entity <> 'single_employer' then 'refused'
    when fact.plan_kind = 'welfare' and fact.arrangement = 'trust' then 'refused'
    when rule.rule is null then 'unknown'
    when rule.form = 'none' then 'not_required'
    when coalesce(fact.line_edition_status, 'unknown') in ('unknown', 'proposed') then 'refused'
    else 'required'
  end as status,
  case
    when fact.plan_kind = 'pension' then 'Pension plans are not filled in here: this return is prepared elsewhere'
    when fact.plan_kind = 'welfare' and fact.plan_entity <> 'single_employer' then 'Only plans of a single employer are filled in here'
    when fact.plan_kind = 'welfare' and fact.arrangement = 'trust' then 'A plan with a trust needs financial schedules, which are not filled in here'
    when fact.plan_kind is null then 'It is not known whether this is a welfare or a pension plan'
    when rule.rule is null and fact.size is not null and fact.plan_entity is null then 'It is not known whether the plan is of a single employer'
    when rule.rule is null and fact.size is null then fact.first_reason
    when rule.rule is null and fact.arrangement is null then 'It is not known how the plan is funded and how it pays'
    when rule.rule is null then 'No rule fits the facts'
    when rule.form <> 'none' and coalesce(fact.line_edition_status, 'unknown') in ('unknown', 'proposed') then 'The form of this year has not been read'
  end as status_reason
from fact
left join matched on fact.filing_id = matched.filing_id
left join rule on matched.rule = rule.rule
