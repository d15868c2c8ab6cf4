with person_month as (
  select
    form.company_id, form.employee_id, form.tax_year,
    case
      when employed.is_employed = false or waiting.is_waiting then 'out'
      when offer.is_cut_by_termination and offer.is_dependents_cut then 'out'
      when relief.employee_id is not null then 'kept'
      when employed.is_employed is null or waiting.is_waiting is null or value_of.has_value is null then 'unknown'
      when not value_of.has_value or not offer.is_dependents then 'missed'
      when affordable.is_affordable_2g or affordable.is_affordable_2h or wages.is_affordable_2f then 'kept'
      when affordable.is_affordable_2g = false and affordable.is_affordable_2h = false and wages.is_affordable_2f = false then 'missed'
      else 'unknown'
    end as answer
  from {{ ref('int_law__aca_form') }} as form
  inner join {{ ref('int_law__aca_employed_month') }} as employed
    on form.company_id = employed.company_id and form.employee_id = employed.employee_id and form.tax_year = employed.tax_year
  {%- for piece, name in [('waiting', 'waiting'), ('value', 'value_of'), ('offer', 'offer')] %}
  inner join {{ ref('int_law__aca_' ~ piece ~ '_month') }} as {{ name }}
    on employed.turn_id = {{ name }}.turn_id
  {%- endfor %}
  {%- for piece in ['relief', 'affordable'] %}
  left join {{ ref('int_law__aca_' ~ piece ~ '_month') }} as {{ piece }}
    on employed.turn_id = {{ piece }}.turn_id
  {%- endfor %}
  left join {{ ref('int_law__aca_wages_year') }} as wages
    on form.company_id = wages.company_id and form.employee_id = wages.employee_id and form.tax_year = wages.tax_year
  where form.form = '1095-C'
),

person as (
  select
    company_id, employee_id, tax_year,
    max(case when answer = 'missed' then 1 else 0 end) as has_missed,
    max(case when answer = 'unknown' then 1 else 0 end) as has_unknown
  from person_month
  group by company_id, employee_id, tax_year
)

select
  company_id, tax_year,
  cast(count(*) as integer) as form_count,
  cast(sum(has_missed) as integer) as missed_count,
  cast(sum(case when has_missed = 0 and has_unknown = 1 then 1 else 0 end) as integer) as unknown_count
from person
group by company_id, tax_year
