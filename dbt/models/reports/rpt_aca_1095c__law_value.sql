{{ law_values('aca_1095c', 'rpt_aca_1095c__recipient', 'law_aca', 'tax_year') }}
