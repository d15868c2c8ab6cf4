"""Whose filing a page belongs to, for the line at its top.

Not here: the boxes of a form that name the employer.
"""

from __future__ import annotations

from reports.model import Facts


def employer_of(facts: Facts) -> str:
    """Return the employer identification number in words; empty where there is none."""
    return f"EIN {facts.ein}" if facts.ein else ""
