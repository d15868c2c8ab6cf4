select fact, words, source_tables from {{ ref('code_aca_fact') }}
