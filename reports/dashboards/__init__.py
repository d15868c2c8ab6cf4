"""Pages that answer one question in two seconds: what they say, and how it is drawn."""
