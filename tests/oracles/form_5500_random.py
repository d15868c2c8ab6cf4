"""Random employers for the Form 5500 oracle: plans, people, contracts and recipients at the edges.

Belongs here: chance. Does not belong here: what follows from it (form_5500.py).
"""

from __future__ import annotations

from random import Random

from tests.oracles.build import Cell
from tests.oracles.form_5500_rows import Book, Employer

YEARS = (
    (("2023-01-01", "2023-12-31"), ("2024-01-01", "2024-12-31")),
    (("2023-07-01", "2024-06-30"), ("2024-07-01", "2025-06-30")),
    (("2024-01-01", "2024-12-31"),),
    (("2023-07-01", "2023-12-31"), ("2024-01-01", "2024-12-31")),
)
ENDS = (
    "2022-12-31", "2023-01-01", "2023-06-30", "2023-12-31", "2024-01-01", "2024-06-30",
    "2024-07-01", "2024-12-31", "2025-01-01", "2025-06-30",
)  # fmt: skip
STATUSES = (
    "active",
    "active",
    "active",
    "cobra",
    "retired",
    "receiving",
    "deferred_vested",
    "beneficiary",
)
ARRANGEMENTS = (
    None, None, None, None, "[]", '["insurance"]', '["general_assets"]',
    '["insurance", "general_assets"]', '["trust"]', '["insurance", "trust"]',
)  # fmt: skip
TYPES = ("health", "dental", "vision", "life", "ltd", "std", "eap", "other")


def employers(book: Book, seed: int, count: int) -> None:
    """That many employers with one welfare plan each."""
    chance = Random(seed)
    for number in range(count):
        _employer(book, chance, f"random {seed} {number}")


def _employer(book: Book, chance: Random, name: str) -> None:
    employer = Employer(
        book, name,
        benefit_type=chance.choice(TYPES),
        plan_entity=chance.choice(["single_employer"] * 16 + [None, "multiple_employer"]),
        has_trust=chance.choice([False] * 16 + [True, None]),
        m1_required=chance.choice([False] * 6 + [None, True]),
        is_self_insured=chance.choice([False, False, True, None]),
        erisa_exempt_reason=chance.choice([None] * 20 + ["church plan"]),
        feature_codes=chance.choice([None, None, None, "[]", '["4D", "4A"]', '["3H", "4B"]']),
        funding_arrangement=chance.choice(ARRANGEMENTS),
        benefit_arrangement=chance.choice(ARRANGEMENTS),
    )  # fmt: skip
    years = chance.choice(YEARS)
    for start, end in years:
        employer.year(start, end)
    parts = [
        employer.plan(
            f"part {n}", wrap_plan_id=employer.plan_id, plan_number=None,
            benefit_type=chance.choice(TYPES), is_self_insured=chance.choice([False, True, None]),
            has_trust=chance.choice([None, False]),
        )
        for n in range(chance.choice((0, 0, 1, 2, 3)))
    ]  # fmt: skip
    if chance.random() < 0.5:
        _list(employer, chance, years)
    else:
        _coverage(employer, chance, [employer.plan_id, *parts])
    for number in range(chance.randrange(1, 6)):
        _contract(employer, chance, number, [employer.plan_id, *parts], years[0][0][:4])


def _list(employer: Employer, chance: Random, years: tuple[tuple[str, str], ...]) -> None:
    for start, end in years:
        for day in (start, end):
            total = chance.choice((0, 3, 98, 99, 100, 101))
            for number in range(total):
                employer.listed(day, chance.choice(STATUSES), 1, number)
            if total:
                employer.listed(day, "active", 1, 0) if chance.random() < 0.5 else None


def _coverage(employer: Employer, chance: Random, plans: list[str]) -> None:
    people = employer.people(chance.choice((5, 99, 100, 102)))
    for person in people:
        for plan in chance.sample(plans, chance.randrange(1, len(plans) + 1)):
            start = chance.choice(
                ("2020-01-01", "2020-01-01", "2020-01-01", "2024-01-01", "2024-01-02")
            )
            end = chance.choice(
                [None] * 12 + ["2023-12-31", "2024-01-01", "2024-06-30", "2024-12-30"]
            )
            status = chance.choice(["Active"] * 12 + ["Terminated", "Approved", "Pending"])
            if end is not None and end < start:
                end = None
            (enrollment,) = employer.cover(plan, [person], start, end, status)
            if chance.random() < 0.1:
                employer.book.add(
                    "coverage_basis", enrollment, enrollment_id=enrollment,
                    basis=chance.choice(("active", "cobra", "retiree", "surviving_spouse")),
                    from_date=chance.choice(("2020-01-01", "2024-01-01", "2024-07-01")),
                )  # fmt: skip


def _contract(employer: Employer, chance: Random, number: int, plans: list[str], year: str) -> None:
    end = chance.choice(ENDS)
    start = f"{int(end[:4]) - 1}{end[4:]}"
    rated = chance.random() < 0.4
    values: dict[str, Cell] = {
        "benefit_plan_id": chance.choice(plans),
        "contract_kind": chance.choice(("insured",) * 6 + ("aso", "stop_loss", None)),
        "persons_covered_end": chance.choice((None, 10, 250)),
        "rating_unit": chance.choice((None, None, None, "U")),
        "is_experience_rated": rated,
        "nonexperience_premiums": None if rated else chance.choice((None, "0.50", "1234.49")),
    }
    if rated:
        for amount in (
            "premiums_paid", "premiums_due_change", "unearned_reserve_change", "claims_paid",
            "claims_reserve_change", "retention_commissions", "retention_taxes", "retention_other",
        ):  # fmt: skip
            values[amount] = chance.choice((None, "-2656.50", "0", "99.49", "1000.5"))
    types = chance.choice(
        (
            '["dental"]',
            '["health", "prescription_drug"]',
            '["other"]',
            '["stop_loss", "life"]',
            None,
        )
    )
    contract = employer.contract(f"{number}", str(types) if types else "", start, end, **values)
    if types is None:
        del employer.book.rows["plan_contract"][-1]["benefit_types"]  # type: ignore[attr-defined]
    for recipient in range(chance.randrange(4)):
        employer.fee(
            contract, f"Broker {recipient}", int(chance.choice((year, "2023", "2024"))),
            base_commission=chance.choice((None, "10.50", "10.49", "700")),
            fee_amount=chance.choice((None, None, "10.50", "0")),
        )  # fmt: skip
