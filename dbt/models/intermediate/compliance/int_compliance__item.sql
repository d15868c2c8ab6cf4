{{ config(materialized='ephemeral') }}

select rule_id, company_id, grain_key, employee_id, is_failing from {{ ref('int_compliance__waiting_period_item') }}
union all
select rule_id, company_id, grain_key, employee_id, is_failing from {{ ref('int_compliance__tin_item') }}
union all
select rule_id, company_id, grain_key, employee_id, is_failing from {{ ref('int_compliance__record_item') }}
