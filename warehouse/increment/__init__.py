"""From the last build to the next where few people changed, with the tables of a full build."""
