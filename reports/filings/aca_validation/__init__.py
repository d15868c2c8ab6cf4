"""Filled ACA forms checked before they are filed."""
