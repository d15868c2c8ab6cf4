-- Values of law that are set, in the place of those of the year.
select law.* replace (coalesce(asked.value, law.value) as value)
from {this} as law
left join asked_law as asked on law.parameter = asked.parameter and law.tax_year = asked.tax_year
