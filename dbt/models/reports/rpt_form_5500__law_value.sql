{{ law_values('form_5500', 'rpt_form_5500__plan', 'law_form_5500', 'plan_year') }}
