"""Whose filing a page belongs to, for the line at its top, and what tells its rows apart.

Not here: the boxes of a form that name the employer.
"""

from __future__ import annotations

from typing import Final

from reports.model import Facts

PERSON_MONTH: Final = ("employee_number", "month")


def employer_of(facts: Facts) -> str:
    """Return the employer identification number in words; empty where there is none."""
    return f"EIN {facts.ein}" if facts.ein else ""
