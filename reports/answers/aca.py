"""Why a box of Form 1095-C says what it says: rule, citation, facts, sources, rules passed over.

Belongs here: reading the published facts and decision tables, and replaying them. Does not belong
here: any rule (they are rows of the decision tables), or printing.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from reports.answers.aca_harbor import Harbors
from reports.errors import RequestError
from reports.snapshot import Snapshot

MONTH: Final = "rpt_aca_explain__month"
RULE: Final = "rpt_aca_explain__rule"
FACT: Final = "rpt_aca_explain__fact"
SOURCE: Final = "rpt_aca_explain__source"
OVERRIDE: Final = "rpt_aca_explain__override"
ANY: Final = "*"
BLANK: Final = "blank"
NOT_KNOWN: Final = ("?", None)
NO_FORM: Final = "no form"
UNKNOWN: Final = "unknown"
OF_COMPANY: Final = ""
LINES: Final = ("line 14", "line 15", "line 16", "line 17")
_PRICE: Final = {"line 15": "price", "line 17": "zip"}
Row = dict[str, Any]


class Explainer:
    """Explanations of one data version; the decision tables are read once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.harbors = Harbors(snapshot)
        self.words = {row["fact"]: row for row in snapshot.table(FACT).iter_rows(named=True)}
        self.rules = {line: _rules_of(snapshot.table(RULE), line) for line in LINES}

    def explain(self, employee_number: str, month: date, company_id: str = "") -> Row:
        """The explanation of one person's month, ready for JSON."""
        row = self._find(employee_number, month, company_id)
        sources = self._sources(row, month)
        overrides = self._overrides(row)
        compared = self.harbors.of_month(row)
        return {
            "company_id": row["company_id"],
            "employee_number": row["employee_number"],
            "month": f"{month:%Y-%m}",
            "form": row["form"],
            "form_reason": row["unknown_form"] or row["none_reason"],
            "limited_non_assessment_period": row["lnap"],
            "lines": {
                line: self._line(line, row, sources, compared) | {"override": overrides.get(line)}
                for line in LINES
            },
        }

    def _find(self, employee_number: str, month: date, company_id: str) -> Row:
        wanted = {"employee_number": employee_number, "tax_year": month.year, "month": month.month}
        if company_id:
            wanted["company_id"] = company_id
        found = self.snapshot.where(MONTH, wanted).to_dicts()
        if not found:
            raise RequestError(
                f"employee {employee_number!r}: no month {month:%Y-%m} of Form 1095-C is published"
            )
        if len(found) > 1:
            raise RequestError(
                f"employee {employee_number!r}: the number is used by {len(found)} companies; "
                "name one with --company"
            )
        return found[0]

    def _overrides(self, row: Row) -> dict[str, Row]:
        """What people put in the place of computed values of the month, by line."""
        keys = ("company_id", "employee_id", "tax_year", "month")
        found = self.snapshot.where(OVERRIDE, {key: row[key] for key in keys}).to_dicts()
        for override in found:
            override["decided_on"] = _day(override["decided_on"])
            override["expires_on"] = _day(override["expires_on"])
        return {
            override["line"]: {k: v for k, v in override.items() if k not in (*keys, "line")}
            for override in found
        }

    def _sources(self, row: Row, month: date) -> pl.DataFrame:
        """Source rows of the person, and of the company where they name nobody."""
        company = {"company_id": row["company_id"]}
        parts = [
            self.snapshot.where(SOURCE, company | {"employee_id": whose})
            for whose in (row["employee_id"], OF_COMPANY)
        ]
        last = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        touches = (pl.col("from_date").fill_null(month) <= last) & (
            pl.col("to_date").fill_null(last) >= month
        )
        return pl.concat(parts).filter(touches)

    def _line(
        self, line: str, row: Row, sources: pl.DataFrame, compared: dict[str, list[Row]]
    ) -> Row:
        number = line.removeprefix("line ")
        facts = self._facts(line, row)
        rules = self.rules[line]
        chosen = next((rule for rule in rules if _unmet(rule, facts) == []), None)
        unknown = row["unknown_14" if line == "line 17" else f"unknown_{number}"]
        above = rules[: rules.index(chosen)] if chosen else rules
        tested = _tested([*above, *([chosen] if chosen else [])])
        return {
            "value": _shown(row[f"line_{number}"], unknown, row["form"]),
            "rule_id": chosen["rule_id"] if chosen else None,
            "condition": chosen["condition"] if chosen else None,
            "citation": chosen["citation"] if chosen else None,
            "needs": chosen["needs"] if chosen else {},
            "gives": chosen["gives"] if chosen else None,
            "takes": chosen["takes"] if chosen else None,
            "result": _result(line, chosen, facts),
            "unknown_reason": unknown,
            "facts": [
                self._fact(name, value, sources) for name, value in facts.items() if name in tested
            ],
            "compared": [
                one
                for name in facts
                if _is_asked(name, facts, tested)
                for one in compared.get(name, ())
            ],
            "passed_over": [_passed_over(rule, facts, self.words) for rule in above],
        }

    def _facts(self, line: str, row: Row) -> dict[str, Any]:
        prefix = f"state_{line.removeprefix('line ')}_"
        facts = {k.removeprefix(prefix): v for k, v in row.items() if k.startswith(prefix)}
        if facts:
            return facts
        name = _PRICE[line]
        return {"line 14": row["decided_14"], name: row[name]}

    def _fact(self, name: str, value: Any, sources: pl.DataFrame) -> Row:
        known = self.words.get(name)
        tables = known["source_tables"].split(";") if known else []
        rows = sources.filter(pl.col("source_table").is_in(tables))
        return {
            "fact": name,
            "words": known["words"] if known else "The code of line 14",
            "value": value,
            "sources": [
                {
                    "table": found["source_table"],
                    "id": found["source_id"],
                    "from": _day(found["from_date"]),
                    "to": _day(found["to_date"]),
                }
                for found in rows.sort("source_table", "from_date", "source_id").to_dicts()
            ],
        }


def replay(line: str, explained: Row) -> Any:
    """The value that the explanation's own facts, rules and override give, from them alone."""
    override = explained.get("override")
    if override and override["state"] in {"stale", "pair"}:
        return UNKNOWN
    if override and override["state"] == "in_force":
        return override["value"] or BLANK
    facts = {fact["fact"]: fact["value"] for fact in explained["facts"]}
    rules = [*explained["passed_over"], *([explained] if explained["rule_id"] else [])]
    chosen = next((rule for rule in rules if _unmet(rule, facts) == []), None)
    if chosen is None:
        return UNKNOWN
    return _result(line, chosen, facts)


def _rules_of(frame: pl.DataFrame, line: str) -> list[Row]:
    """The rules of a line in their order, each with what it needs of every fact."""
    rules: dict[str, Row] = {}
    rows = frame.filter(pl.col("line") == line).sort("place", "rule_id", "fact")
    for row in rows.iter_rows(named=True):
        rule = rules.setdefault(
            row["rule_id"],
            {
                "rule_id": row["rule_id"],
                "condition": row["condition"],
                "citation": row["citation"],
                "gives": row["result"],
                "takes": None,
                "needs": {},
            },
        )
        if line in _PRICE:
            rule["needs"].setdefault("line 14", []).append(row["fact"])
            rule["takes"] = _PRICE[line] if row["needs"] == "y" else None
        elif row["needs"] != ANY:
            rule["needs"][row["fact"]] = [row["needs"]]
    return list(rules.values())


def _tested(rules: list[Row]) -> set[str]:
    """The facts that rules ask for: others decide nothing, and may say nothing of this person."""
    taken = {rule["takes"] for rule in rules if rule["takes"]}
    return taken | {name for rule in rules for name in rule["needs"]}


def _is_asked(name: str, facts: dict[str, Any], tested: set[str]) -> bool:
    """Whether the month's amounts answer a fact: an arrangement's only where one is offered."""
    return name in tested and (name != "is_ichra_affordable" or facts["is_ichra"] == "y")


def _unmet(rule: Row, facts: dict[str, Any]) -> list[str]:
    """The facts that keep a rule from applying."""
    return [name for name, allowed in rule["needs"].items() if facts.get(name) not in allowed]


def _result(line: str, rule: Row | None, facts: dict[str, Any]) -> Any:
    """What the rule puts into the box; blank where it leaves it empty."""
    if rule is None:
        return UNKNOWN
    if line not in _PRICE:
        return rule["gives"] or BLANK
    if not rule["takes"]:
        return BLANK
    value = facts[_PRICE[line]]
    return UNKNOWN if value is None else str(value)


def _passed_over(rule: Row, facts: dict[str, Any], words: dict[str, Row]) -> Row:
    """Why a rule did not apply; `is_open` where only facts that are not known keep it from that."""
    because = [
        {
            "fact": name,
            "words": words[name]["words"] if name in words else "The code of line 14",
            "needs": rule["needs"][name],
            "is": facts.get(name),
        }
        for name in _unmet(rule, facts)
    ]
    is_open = all(entry["is"] in NOT_KNOWN for entry in because)
    return {**rule, "because": because, "is_open": is_open}


def _shown(value: Any, unknown: str | None, form: str) -> str:
    if form in {"none", "1095-B"}:
        return NO_FORM
    if unknown:
        return UNKNOWN
    return BLANK if value is None else str(value)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
