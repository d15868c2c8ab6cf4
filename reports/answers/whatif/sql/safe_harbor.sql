-- The safe harbors an employer claims, in their order.
select person.* replace (
  case when person.tax_year = asked.tax_year then asked.safe_harbor_order else person.safe_harbor_order end
    as safe_harbor_order)
from {this} as person cross join asked_harbor as asked
