"""Form 1095-C: what its lines mean, where its boxes stand, and the report that fills them."""
