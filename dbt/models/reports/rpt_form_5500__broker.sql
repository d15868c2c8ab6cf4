with broker as (
  select * from {{ ref('int_law__form_5500_broker') }}
),

schedule_a as (
  select schedule_a_id, form_id from {{ ref('int_law__form_5500_schedule_a') }}
),

filing as (
  select filing_id, filing_key from {{ ref('int_law__form_5500_filing') }}
)

select
  broker.company_id,
  cast(broker.plan_year as integer) as plan_year,
  broker.filing_id,
  broker.schedule_a_id,
  filing.filing_key as ack_id,
  cast(schedule_a.form_id as integer) as form_id,
  cast(broker.row_order as integer) as row_order,
  broker.recipient_name as ins_broker_name,
  broker.us_address as ins_broker_us_address1,
  broker.us_city as ins_broker_us_city,
  broker.us_state as ins_broker_us_state,
  broker.us_zip as ins_broker_us_zip,
  broker.foreign_address as ins_broker_foreign_address1,
  broker.foreign_city as ins_broker_foreign_city,
  broker.foreign_province as ins_broker_foreign_prov_state,
  broker.foreign_country as ins_broker_foreign_cntry,
  broker.foreign_postal_code as ins_broker_foreign_postal_cd,
  cast(broker.base_amount as bigint) as ins_broker_comm_pd_amt,
  cast(broker.fee_amount as bigint) as ins_broker_fees_pd_amt,
  broker.fee_purpose as ins_broker_fees_pd_text,
  broker.organization_code as ins_broker_code
from broker
inner join schedule_a on broker.schedule_a_id = schedule_a.schedule_a_id
inner join filing on broker.filing_id = filing.filing_id
