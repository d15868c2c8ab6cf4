"""Situations of welfare plans with their outcome, worked out by hand from the rules.

Belongs here: what goes in and what must come out. Does not belong here: how it is computed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.oracles.form_5500_rows import Book, Employer

CALENDAR = ("2024-01-01", "2024-12-31")
BOTH = '["insurance", "general_assets"]'
OWN = '["general_assets"]'
INSURED = '["insurance"]'


@dataclass(frozen=True)
class Situation:
    """Rows of one employer, and what each plan year must say."""

    enter: Callable[[Book, str], None]
    expect: dict[int, dict[str, Any]]


def _plain(book: Book, name: str, people: int, arrangement: str, **plan: Any) -> Employer:
    employer = Employer(
        book, name, funding_arrangement=arrangement, benefit_arrangement=arrangement, **plan
    )
    employer.year(*CALENDAR)
    employer.listed(CALENDAR[0], "active", people)
    employer.listed(CALENDAR[1], "active", people)
    return employer


def _sixty_insured(book: Book, name: str) -> None:
    employer = _plain(book, name, 60, INSURED)
    employer.contract("M", '["health"]', *CALENDAR)


def _unfunded(book: Book, name: str) -> None:
    _plain(book, name, 250, OWN, benefit_type="health", is_self_insured=True)


def _wrap(book: Book, name: str) -> None:
    employer = _plain(book, name, 250, BOTH, benefit_type="health", is_self_insured=True)
    employer.contract("LIFE", '["life"]', *CALENDAR)
    employer.contract("LTD", '["ltd"]', *CALENDAR)


def _any_benefit_counts(book: Book, name: str) -> None:
    employer = Employer(book, name, funding_arrangement=BOTH, benefit_arrangement=BOTH)
    employer.year(*CALENDAR)
    medical = employer.plan("medical", wrap_plan_id=employer.plan_id, benefit_type="health")
    life = employer.plan("life", wrap_plan_id=employer.plan_id, benefit_type="life")
    people = employer.people(215)
    employer.cover(medical, people[:120], "2023-03-01")
    employer.cover(life, people, "2023-03-01")


def _falls_below(book: Book, name: str) -> None:
    employer = _plain(book, name, 104, INSURED)
    employer.year("2025-01-01", "2025-12-31")
    employer.listed("2025-01-01", "active", 96)
    employer.contract("M", '["health"]', *CALENDAR)


def _policy_year_of_its_own(book: Book, name: str) -> None:
    employer = _plain(book, name, 150, INSURED)
    employer.contract("M", '["health"]', "2023-07-01", "2024-06-30")


def _carrier_change(book: Book, name: str) -> None:
    employer = _plain(book, name, 150, INSURED)
    employer.contract("A", '["health"]', "2024-01-01", "2024-05-31")
    employer.contract("B", '["health"]', "2024-06-01", "2025-05-31")


def _short_year(book: Book, name: str) -> None:
    employer = Employer(book, name, funding_arrangement=OWN, benefit_arrangement=OWN)
    employer.year("2024-07-01", "2024-12-31")
    employer.listed("2024-07-01", "active", 100)


def _broker_and_override(book: Book, name: str) -> None:
    employer = _plain(book, name, 100, INSURED)
    contract = employer.contract("M", '["health"]', *CALENDAR)
    employer.fee(contract, "Agency", 2024, fee_amount="2000", fee_purpose="OVERRIDE")
    employer.fee(contract, "Broker", 2024, base_commission="10000")


def _ninety_nine(book: Book, name: str) -> None:
    _plain(book, name, 99, BOTH)


def _one_hundred(book: Book, name: str) -> None:
    _plain(book, name, 100, BOTH)


def _services_only(book: Book, name: str) -> None:
    employer = _plain(book, name, 100, OWN, benefit_type="health", is_self_insured=True)
    employer.contract("ASO", '["health"]', *CALENDAR, contract_kind="aso")
    employer.contract("STOP", '["stop_loss"]', *CALENDAR, contract_kind="stop_loss")


def _open_questions(book: Book, name: str) -> None:
    _plain(book, name, 100, INSURED, m1_required=None)
    book.rows["company"][-1] = {**book.rows["company"][-1], "ein": "912345678", "phone": None}
    book.add(
        "benefit_plan", f"{name} lost", company_id=book.rows["company"][-1]["id"],
        plan_name="Lost plan", plan_code="LOST", benefit_type="dental",
        welfare_or_pension="welfare",
    )  # fmt: skip


DUE = "2025-07-31"
OPEN_QUESTIONS = "open questions"
SITUATIONS = {
    "sixty people fully insured": Situation(
        _sixty_insured, {2024: {"rule": "W2", "status": "not_required", "due": None}}
    ),
    "unfunded medical": Situation(
        _unfunded,
        {2024: {"rule": "W5", "people": 250, "codes": "4A", "schedules": None, "due": DUE}},
    ),
    "unfunded medical with insured life and disability": Situation(
        _wrap,
        {2024: {"rule": "W7", "codes": "4A4B4H", "schedules": 2, "contracts": "LIFE, LTD"}},
    ),
    "any benefit counts": Situation(
        _any_benefit_counts, {2024: {"rule": "W7", "people": 215, "codes": "4A4B"}}
    ),
    "falls below the limit": Situation(
        _falls_below,
        {
            2024: {"rule": "W6", "status": "required", "codes": "4A4R", "due": DUE},
            2025: {"rule": "W2", "status": "not_required"},
        },
    ),
    "policy year of its own": Situation(
        _policy_year_of_its_own, {2024: {"schedules": 1, "contracts": "M"}}
    ),
    "carrier change": Situation(_carrier_change, {2024: {"schedules": 1, "contracts": "A"}}),
    "short plan year": Situation(_short_year, {2024: {"rule": "W5", "short": 1, "due": DUE}}),
    "broker and override": Situation(
        _broker_and_override, {2024: {"paid": "M 10000 2000", "schedules": 1}}
    ),
    "ninety-nine": Situation(
        _ninety_nine, {2024: {"rule": "W3", "status": "not_required", "people": None}}
    ),
    "one hundred": Situation(
        _one_hundred, {2024: {"rule": "W7", "status": "required", "people": 100}}
    ),
    OPEN_QUESTIONS: Situation(_open_questions, {2024: {"rule": "W6", "status": "required"}}),
    "services and stop loss get no schedule": Situation(
        _services_only, {2024: {"rule": "W5", "schedules": None}}
    ),
}
