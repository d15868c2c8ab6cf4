"""The months of one person in the warehouse beside those of the oracle.

Not here: the oracle (aca_1095c_forms.py), and which people are asked.
"""

from __future__ import annotations

from typing import Any

from tests.oracles.aca_1095c import UNKNOWN, Person
from tests.oracles.aca_1095c_forms import Filed


def differences(
    person: Person, months: dict[int, dict[str, Any]], filed: Filed, decided: dict[str, int]
) -> list[str]:
    """Return each month that differs in words, and count the codes decided."""
    wrong = []
    for number, answer in enumerate(filed.months, 1):
        row = months[number]
        computed_14 = row["computed_14"] if row["rule_14"] else UNKNOWN
        computed_16 = row["computed_16"] if row["rule_16"] else UNKNOWN
        got: list[object] = [
            row["form"],
            computed_14,
            computed_16,
            row["full_time"],
            row["lnap"],
        ]
        want: list[object] = [
            filed.form,
            answer.line_14,
            answer.line_16,
            answer.full_time,
            answer.waiting,
        ]
        if filed.form in {"1095-C", "unknown"}:
            got += [UNKNOWN if row["is_line_15_unknown"] else row["line_15"]]
            got += [row["line_17"], row["age"]]
            want += [answer.line_15, answer.line_17, answer.age]
        for code in (answer.line_14, answer.line_16 or "blank"):
            decided[code] = decided.get(code, 0) + 1
        if got != want:
            wrong.append(f"{person.employee['id']} month {number}: warehouse {got}, oracle {want}")
    return wrong
