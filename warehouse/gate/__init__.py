"""The gate: Great Expectations on what landed, and the facts of the quality certificate."""
