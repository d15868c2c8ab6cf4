select line_14, line_16, verdict, words from {{ ref('code_aca_combination') }}
