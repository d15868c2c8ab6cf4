{{ law_values('aca_audit', 'rpt_aca_audit__person', 'law_aca', 'tax_year') }}
