with source as (select * from {{ source('landing', 'annual_wages') }})

select
    id as annual_wages_id,
    employee_id,
    company_id,
    tax_year,
    box_1,
    box_2,
    box_3,
    box_4,
    box_5,
    box_6,
    box_7,
    box_10,
    code_c,
    code_d,
    code_aa,
    code_e,
    code_bb,
    code_w,
    code_dd,
    catch_up,
    after_tax,
    employer_match,
    section_125_deferral,
    updated_at
from source
