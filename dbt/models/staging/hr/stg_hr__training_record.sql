with source as (select * from {{ source('landing', 'training_record') }})

select
    id as training_record_id,
    user_id,
    course,
    completed_on,
    expires_on,
    updated_at
from source
