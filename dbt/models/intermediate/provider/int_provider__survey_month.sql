with survey as (
  select
    company_id,
    {{ month_start('month') }} as month_start,
    department_id,
    responses,
    score,
    max(case when department_id is null then 1 else 0 end)
      over (partition by company_id, {{ month_start('month') }}) as has_company_row
  from {{ ref('stg_hr__benefit_survey') }}
)

select
  company_id,
  month_start,
  sum(case when responses > 0 then responses * score else 0 end) as weighted_score,
  sum(case when responses > 0 and score is not null then responses else 0 end) as responses,
  sum(case when responses is null or (responses > 0 and score is null) then 1 else 0 end) as unknown_rows
from survey
where has_company_row = 0 or department_id is null
group by company_id, month_start
