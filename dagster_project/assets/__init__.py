"""Assets made by factories: landing tables, dbt models, the snapshot, documents, deliveries."""
