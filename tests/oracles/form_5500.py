"""Form 5500 of a welfare plan decided again, plan by plan and person by person, in plain Python.

Belongs here: a slow reading of the rules over raw operational rows. Does not belong here: speed,
SQL, or reasons; what cannot be known is None and nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.oracles.form_5500_money import AMOUNTS, dollars, plus, total_of

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]
LIMIT = 100
CODES = {
    "health": "4A", "dental": "4D", "vision": "4E", "life": "4B", "add": "4L", "std": "4F",
    "ltd": "4H", "accident": "4Q", "eap": "4Q", "supplemental_unemployment": "4C",
    "prescription_drug": "4A", "critical_illness": "4Q",
}  # fmt: skip
LINE_OF = {
    "active": "6a", "retired": "6b", "receiving": "6b", "cobra": "6b", "deferred_vested": "6c",
    "beneficiary": "6e",
}  # fmt: skip
RANK = ("active", "retired", "receiving", "cobra", "deferred_vested", "beneficiary")
BASIS = {"retiree": "retired", "surviving_spouse": "beneficiary"}
WORDS = ("insurance", "section_412", "trust", "general_assets")


@dataclass(frozen=True)
class Return:
    """What must come out for one plan year."""

    status: str
    rule: str | None
    counts: dict[str, int | None]
    codes: str | None
    funding: dict[str, int | None]
    benefit: dict[str, int | None]
    schedules: dict[str, dict[str, Any]]


def returns(tables: Tables, as_of: date) -> dict[tuple[str, date], Return]:
    """The return of every plan year that has begun, by plan and first day."""
    found = {}
    for plan in tables["benefit_plan"]:
        if plan.get("wrap_plan_id"):
            continue
        for year in tables["plan_year"]:
            if year["benefit_plan_id"] == plan["id"] and _day(year["start_date"]) <= as_of:
                found[(plan["id"], _day(year["start_date"]))] = _Plan(tables, plan, as_of).of(year)
    return found


class _Plan:
    def __init__(self, tables: Tables, plan: Row, as_of: date) -> None:
        self.tables = tables
        self.plan = plan
        self.as_of = as_of
        self.parts = [p for p in tables["benefit_plan"] if p.get("wrap_plan_id") == plan["id"]]
        self.ids = {plan["id"], *(p["id"] for p in self.parts)}
        self.contracts = [c for c in tables["plan_contract"] if c["benefit_plan_id"] in self.ids]

    def of(self, year: Row) -> Return:
        start, end = _day(year["start_date"]), _day(year["end_date"])
        first = self.on(start)
        last = self.on(end) if end <= self.as_of else None
        counts: dict[str, int | None] = {
            "5": len(first), "6a(1)": _count(first, "6a"), "6a(2)": _count(last, "6a"),
            "6b": _count(last, "6b"), "6c": _count(last, "6c"),
        }  # fmt: skip
        funding, benefit = self.arrangements(start, end)
        kind = _kind(funding, benefit)
        rule = self.rule(len(first), kind)
        return Return(
            status=self.status(rule, kind, start.year),
            rule=rule,
            counts=counts,
            codes=self.codes(start, end, end <= self.as_of and kind not in (None, "trust")),
            funding=funding,
            benefit=benefit,
            schedules=self.schedules(start, end),
        )

    def on(self, when: date) -> dict[str, str]:
        """Status of each person on a day: the list if there is one, else who is covered."""
        mine = [
            p for p in self.tables["plan_participant"] if p["benefit_plan_id"] == self.plan["id"]
        ]
        people: dict[str, str] = {}
        if mine:
            for row in mine:
                if _day(row["as_of_date"]) == when:
                    _keep(people, row["person_key"], row["status"])
            return people
        for row in self.tables["benefits_enrollment"]:
            if row["benefit_plan_id"] in self.ids and _covers(row, when):
                _keep(people, row["employee_id"], self.basis(row["id"], when))
        return people

    def basis(self, enrollment: str, when: date) -> str:
        for row in self.tables["coverage_basis"]:
            inside = _day(row["from_date"]) <= when <= _day(row.get("to_date") or "9999-12-31")
            if row["enrollment_id"] == enrollment and inside:
                return BASIS.get(str(row["basis"]), str(row["basis"]))
        return "active"

    def arrangements(
        self, start: date, end: date
    ) -> tuple[dict[str, int | None], dict[str, int | None]]:
        on_wrap = self.insured(self.plan["id"], start, end)
        insured, own, open_ = on_wrap, False, False
        for part in self.parts or [self.plan]:
            is_insured = on_wrap or self.insured(part["id"], start, end)
            insured = insured or is_insured
            own = own or part.get("is_self_insured") is True
            open_ = open_ or (part.get("is_self_insured") is None and not is_insured)
        own = own or self.plan.get("is_self_insured") is True
        derivable = (insured or own) and not open_
        trusts = [p.get("has_trust") for p in (self.plan, *self.parts)]
        trust = None if all(t is None for t in trusts) else any(t is True for t in trusts)
        sides: list[dict[str, int | None]] = []
        for side in ("funding_arrangement", "benefit_arrangement"):
            declared = self.plan.get(side)
            if declared and '"' in declared:
                sides.append({word: int(f'"{word}"' in declared) for word in WORDS})
                continue
            known = derivable and trust is not None
            sides.append(
                {
                    "insurance": int(insured) if derivable else None,
                    "section_412": 0 if derivable else None,
                    "trust": None if trust is None else int(trust),
                    "general_assets": int(own and not trust) if known else None,
                }
            )
        return sides[0], sides[1]

    def insured(self, plan_id: str, start: date, end: date) -> bool:
        return any(
            c["benefit_plan_id"] == plan_id
            and c.get("contract_kind") in (None, "insured")
            and _day(c["policy_from"]) <= end
            and _day(c["policy_to"]) >= start
            for c in self.contracts
        )

    def rule(self, people: int, kind: str | None) -> str | None:
        if self.plan.get("erisa_exempt_reason"):
            return "P12"
        entity = self.plan.get("plan_entity")
        large = people >= LIMIT
        if entity not in (None, "single_employer") or (entity is None and not large):
            return None
        if self.plan.get("m1_required"):
            return "W9"
        if self.plan.get("m1_required") is None and entity is None and not large:
            return None
        order = {"unfunded": 1, "insured": 2, "combination": 3, "trust": 4}
        return None if kind is None else f"W{order[kind] + (4 if large else 0)}"

    def status(self, rule: str | None, kind: str | None, year: int) -> str:
        exempt = bool(self.plan.get("erisa_exempt_reason"))
        if not exempt and self.plan.get("plan_entity") not in (None, "single_employer"):
            return "refused"
        if not exempt and kind == "trust":
            return "refused"
        if rule is None:
            return "unknown"
        if rule in ("W1", "W2", "W3", "P12"):
            return "not_required"
        return "required"

    def codes(self, start: date, end: date, may_drop: bool) -> str | None:
        declared = self.plan.get("feature_codes")
        if declared and '"4' in declared:
            return "".join(sorted(c for c in declared.split('"') if c.startswith("4")))
        found: set[str] = set()
        for part in self.parts:
            if part["benefit_type"] not in CODES:
                return None
            found.add(CODES[part["benefit_type"]])
        if not self.parts and self.plan["benefit_type"] in CODES:
            found.add(CODES[self.plan["benefit_type"]])
        for contract in self.reported(start, end):
            types = contract.get("benefit_types")
            if not types or '"' not in types:
                return None
            names = types.split('"')[1::2]
            found |= {CODES.get(t, "4Q") for t in names if t != "stop_loss"}
        if not found:
            return None
        following = end + timedelta(days=1)
        has_next = following <= self.as_of and any(
            y["benefit_plan_id"] == self.plan["id"] and _day(y["start_date"]) == following
            for y in self.tables["plan_year"]
        )
        drops = has_next and may_drop and len(self.on(following)) < LIMIT
        return "".join(sorted(found)) + ("4R" if drops else "")

    def reported(self, start: date, end: date) -> list[Row]:
        return [
            c
            for c in self.contracts
            if start <= _day(c["policy_to"]) <= end and c.get("contract_kind") in (None, "insured")
        ]

    def schedules(self, start: date, end: date) -> dict[str, dict[str, Any]]:
        units: dict[str, list[Row]] = {}
        for contract in self.reported(start, end):
            unit = contract.get("rating_unit")
            units.setdefault(f"unit {unit}" if unit else contract["id"], []).append(contract)
        made = [self.schedule(rows, start.year) for rows in units.values()]
        return {schedule["ins_contract_num"]: schedule for schedule in made}

    def schedule(self, contracts: list[Row], year: int) -> dict[str, Any]:
        ids = {c["id"] for c in contracts}
        fees = [
            f
            for f in self.tables["plan_fee"]
            if f.get("plan_contract_id") in ids and f["plan_year"] == year
        ]
        paid = [
            (dollars(f.get("base_commission")), dollars(f.get("fee_amount")), f["recipient_name"])
            for f in fees
        ]
        known = all(base is not None or fee is not None for base, fee, _ in paid)
        total = {name: total_of(contracts, name) for name in AMOUNTS}
        return {
            "ins_contract_num": min(c["contract_number"] for c in contracts),
            "contract_count": len(contracts),
            "ins_prsn_covered_eoy_cnt": total_of(contracts, "persons_covered_end"),
            "ins_broker_comm_tot_amt": sum(p[0] or 0 for p in paid) if paid and known else None,
            "ins_broker_fees_tot_amt": sum(p[1] or 0 for p in paid) if paid and known else None,
            "wlfr_tot_charges_paid_amt": total["nonexperience_premiums"],
            "wlfr_premium_rcvd_amt": total["premiums_paid"],
            "wlfr_tot_earned_prem_amt": plus(total, "premiums_paid", "premiums_due_change")
            - (total["unearned_reserve_change"] or 0),
            "wlfr_incurred_claim_amt": plus(total, "claims_paid", "claims_reserve_change"),
            "wlfr_ret_tot_amt": plus(total, *(n for n in AMOUNTS if n.startswith("retention"))),
            "recipients": [
                p[2] for p in sorted(paid, key=lambda p: (-((p[0] or 0) + (p[1] or 0)), p[2]))
            ],
        }


def _kind(funding: Mapping[str, int | None], benefit: Mapping[str, int | None]) -> str | None:
    if 1 in (funding["trust"], benefit["trust"]):
        return "trust"
    if None in (funding["trust"], benefit["trust"]):
        return None
    pair = (benefit["insurance"], benefit["general_assets"])
    kinds = {(1, 1): "combination", (1, 0): "insured", (0, 1): "unfunded"}
    return kinds.get(pair)  # type: ignore[arg-type]


def _keep(people: dict[str, str], person: str, status: str) -> None:
    if person not in people or RANK.index(status) < RANK.index(people[person]):
        people[person] = status


def _count(people: Mapping[str, str] | None, line: str) -> int | None:
    if people is None:
        return None
    return sum(1 for status in people.values() if LINE_OF[status] == line)


def _covers(row: Row, when: date) -> bool:
    ends = [row.get("coverage_end_date"), row.get("termination_date")]
    last = min([_day(e) for e in ends if e] or [date.max])
    live = row["enrollment_status"] in ("Active", "Terminated", "Approved")
    return live and _day(row["coverage_start_date"]) <= when <= last


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
