with source as (select * from {{ source('landing', 'coverage_basis') }})

select
    id as coverage_basis_id,
    enrollment_id,
    basis,
    from_date,
    to_date,
    updated_at
from source
