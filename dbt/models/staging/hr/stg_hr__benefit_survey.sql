with source as (select * from {{ source('landing', 'benefit_survey') }})

select
    id as benefit_survey_id,
    company_id,
    department_id,
    month,
    invited,
    responses,
    score,
    updated_at
from source
