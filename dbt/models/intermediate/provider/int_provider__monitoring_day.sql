with stored as (
  select * from {{ ref('stg_benefits__stored_integration_monitoring') }}
  where monitoring_date <= {{ as_of() }}
),

ranked as (
  select
    *,
    row_number() over (
      partition by company_id, provider_config_id, monitoring_date
      order by
        coalesce(updated_at, cast('0001-01-01' as timestamp)) desc,
        coalesce(created_at, cast('0001-01-01' as timestamp)) desc,
        stored_integration_monitoring_id desc
    ) as place
  from stored
)

select * from ranked
where place = 1
