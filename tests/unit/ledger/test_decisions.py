"""Decisions of named people: on record once, exported while they stand, gone when withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ledger.errors import UnknownDecision
from ledger.rows import Decision
from ledger.store import open_ledger

NOW = datetime(2025, 2, 3, 7, 0, tzinfo=UTC)
END = date(2025, 3, 31)


def decision(kind: str) -> Decision:
    return Decision(
        kind, "c1", "ACA-001", "e1|2024", "line_14", "1A", "why", "ada", 2024, END, "1E"
    )


def test_decisions_are_exported_by_kind_as_text(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    kinds = ("override", "waiver", "attestation")
    assert [ledger.decisions.record(decision(kind), NOW) for kind in kinds] == [
        "override-1",
        "waiver-2",
        "attestation-1",
    ]
    exported = ledger.decisions.export()
    assert {kind: [row["id"] for row in rows] for kind, rows in exported.items()} == {
        "override": ["override-1"],
        "waiver": ["waiver-2"],
        "attestation": ["attestation-1"],
    }
    for rows in exported.values():
        assert rows == [
            {
                **{"id": rows[0]["id"], "company_id": "c1", "rule_id": "ACA-001"},
                **{"grain_key": "e1|2024", "field": "line_14", "value": "1A", "tax_year": "2024"},
                **{
                    "replaced_value": "1E",
                    "reason": "why",
                    "actor": "ada",
                    "expires_on": "2025-03-31",
                },
                "decided_at": "2025-02-03 07:00:00",
            }
        ]


def test_the_same_decision_twice_is_one_and_leaves_one_line(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    first = ledger.decisions.record(decision("waiver"), NOW)
    assert ledger.decisions.record(decision("waiver"), NOW) == first
    other = ledger.decisions.record(replace(decision("waiver"), reason="other"), NOW)
    assert other != first
    assert [row.action for row in ledger.audit.rows()] == ["waiver.recorded"] * 2
    assert ledger.audit.verify() == ()


def test_a_withdrawn_decision_stands_no_more_and_cannot_be_withdrawn_again(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    name = ledger.decisions.record(decision("override"), NOW)
    assert ledger.decisions.withdraw(name, "grace", "a slip", NOW).decision == decision("override")
    assert ledger.decisions.export()["override"] == []
    for wrong in (name, "override-7", "waiver-1", "nonsense", ""):
        with pytest.raises(UnknownDecision):
            ledger.decisions.withdraw(wrong, "grace", "a slip", NOW)
    lines = [(row.action, row.actor) for row in ledger.audit.rows()]
    assert lines == [("override.recorded", "ada"), ("override.withdrawn", "grace")]


def test_an_attestation_counts_to_its_last_day_for_its_very_key(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    ledger.decisions.record(decision("attestation"), NOW)
    held = ledger.decisions.is_attested
    assert held("c1", "ACA-001", "e1|2024", END)
    assert not held("c1", "ACA-001", "e1|2024", date(2025, 4, 1))
    assert not held("c2", "ACA-001", "e1|2024", END)
    assert not held("c1", "ACA-001", "e1|2023", END)
    ledger.decisions.record(replace(decision("attestation"), expires_on=None), NOW)
    assert held("c1", "ACA-001", "e1|2024", date(2099, 1, 1))
