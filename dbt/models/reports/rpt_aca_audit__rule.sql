select rule_id, box, difference, message, fix, is_return_wrong, citation from {{ ref('code_aca_difference') }}
