"""Somebody else's Forms 1095-C against the determination of this product."""
