"""Situations of Parts I, II and IV of Form 1094-C: counts of forms, certifications, groups.

Belongs here: facts and lines 18 to 22, column (d) and Part IV a careful hand gives, worked out
from the text of the rules alone. Does not belong here: columns (a) to (c) of an employer alone.
"""

from __future__ import annotations

from dataclasses import replace

from tests.oracles.aca_firm import LONG_AGO, YEAR, Firm, Workers
from tests.oracles.aca_firm_words import (
    Situation,
    bare,
    covered,
    day,
    full,
    hours,
    member,
    offer,
    part,
    poor,
    worked,
)

SELF_INSURED = {"is_self_insured": True}
NINETY_EIGHT = {"ninety_eight_percent_method": True}
QUALIFYING = {"qualifying_offer_method": True}
DEAR, DUE = "480.00", "T002"
ENROLLED = covered(day(1, 1))


def _ninety_eight(good: int, bad: int, wrong: bool) -> Situation:
    return Situation(
        Firm(
            f"98 percent, {good} of {good + bad}",
            (full(good), poor(full(bad, "dear", cost=DEAR))),
            employer=NINETY_EIGHT,
        ),
        year=(("is_ninety_eight_percent_method", True), ("checks", {"T002"} if wrong else set())),
    )


def _of_two(mine: str) -> tuple[Workers, ...]:
    return (
        replace(full(6), more=hours(YEAR, "160")),
        replace(full(1, "of both"), employee={"person_key": "both"}, more=hours(YEAR, mine)),
    )


def _pair(name: str, other: str, words: str, mine: str) -> Situation:
    """Six people of the firm's own and one whom two members of its group employ."""
    both = sorted((name, other))
    rows = tuple(member(one, firm=one, group=" and ".join(both)) for one in both)
    people, by_hours = _of_two(mine), {"full_time_basis": "hours"}
    group = rows if name == both[0] else ()
    return Situation(Firm(name, people, employer=by_hours, group=group), words)


SITUATIONS = (
    Situation(
        Firm(
            "forms counted",
            (
                full(3),
                part(2),
                replace(part(1, "covered"), covered=(covered(day(2, 1), day(2, 1)),)),
                bare(1, "December", day(12, 5)),
                Workers("director", 1, covered=(ENROLLED,), employee={"worker_type": "director"}),
            ),
            plan=SELF_INSURED,
        ),
        year=(("form_count", 5), ("total_form_count", 5), ("is_authoritative", True)),
    ),
    Situation(
        Firm(
            "forms counted, Form 1095-B for the director",
            (
                full(3),
                Workers("director", 1, covered=(ENROLLED,), employee={"worker_type": "director"}),
            ),
            employer={"non_employee_form": "1095-B"},
            plan=SELF_INSURED,
        ),
        year=(("form_count", 3), ("total_form_count", 3)),
    ),
    _ninety_eight(49, 1, wrong=False),
    _ninety_eight(48, 1, wrong=True),
    _ninety_eight(98, 2, wrong=False),
    _ninety_eight(97, 3, wrong=True),
    Situation(
        Firm(
            "98 percent, enrolled at any price",
            (
                full(20),
                replace(poor(full(20, "dear", cost=DEAR)), covered=(ENROLLED,)),
            ),
            employer=NINETY_EIGHT,
        ),
        year=(("checks", {"T002"}),),
    ),
    Situation(
        Firm(
            "98 percent, without children",
            (full(20, offered_to_dependents=False),),
            employer=NINETY_EIGHT,
        ),
        "1-12 no . .",
        year=(("checks", {"T002", "T003"}),),
    ),
    Situation(
        Firm(
            "98 percent, one month without an offer",
            (
                full(20),
                Workers("gap", 2, (worked(LONG_AGO, None),), (offer(day(2, 1)),)),
            ),
            employer=NINETY_EIGHT,
        ),
        year=(("checks", {"T002"}),),
    ),
    Situation(
        Firm(
            "98 percent, waiting periods left out",
            (
                full(20),
                Workers("new", 2, (worked(day(6, 1), None),), (offer(day(9, 1)),)),
            ),
            employer=NINETY_EIGHT,
        ),
        year=(("checks", set()),),
    ),
    Situation(
        Firm(
            "98 percent, five leave on 15 March with their coverage",
            (full(20), full(5, "leaving", last=day(3, 15))),
            employer=NINETY_EIGHT,
        ),
        year=(("checks", set()),),
    ),
    Situation(
        Firm(
            "98 percent, part-time with a form",
            (
                full(20),
                replace(
                    poor(part(2, "covered")),
                    covered=(ENROLLED,),
                    offers=(offer(LONG_AGO, cost=DEAR),),
                ),
            ),
            employer=NINETY_EIGHT,
            plan=SELF_INSURED,
        ),
        year=(("checks", {"T002"}),),
    ),
    Situation(
        Firm("qualifying, used and declared", (full(3),), employer={**QUALIFYING, "use_1a": True}),
        year=(("is_qualifying_offer_method", True), ("checks", set())),
    ),
    Situation(
        Firm("qualifying, used and not declared", (full(3),), employer={"use_1a": True}),
        year=(("is_qualifying_offer_method", True), ("checks", {"T001"})),
    ),
    Situation(
        Firm("qualifying, neither", (full(3),)),
        year=(("is_qualifying_offer_method", False), ("checks", set())),
    ),
    Situation(
        Firm("qualifying, declared and not used", (full(3),), employer=QUALIFYING),
        year=(("is_qualifying_offer_method", True), ("checks", set())),
    ),
    Situation(
        Firm(
            "qualifying, declared and nobody had such an offer",
            (poor(full(3, cost=DEAR)),),
            employer=QUALIFYING,
        ),
        year=(("checks", {"T004"}),),
    ),
    Situation(
        Firm(
            "qualifying, declared and one of four had such an offer",
            (full(1), poor(full(3, "dear", cost=DEAR))),
            employer=QUALIFYING,
        ),
        year=(("checks", set()),),
    ),
    Situation(
        Firm(
            "qualifying, declared and the spouses on a condition",
            (full(3, spouse_conditional=True),),
            employer=QUALIFYING,
        ),
        year=(("checks", {"T004"}),),
    ),
    Situation(
        Firm(
            "in a group from 15 March to 10 September",
            (full(3),),
            group=(
                member(
                    "in a group from 15 March to 10 September",
                    day(3, 15),
                    day(9, 10),
                    firm="in a group from 15 March to 10 September",
                    group="spring",
                ),
                member("other of the spring", size=12, group="spring"),
            ),
        ),
        "1-2 yes 3 3 no, 3-9 yes 3 3 yes, 10-12 yes 3 3 no",
        year=(("is_group_member", True), ("members", ("other of the spring",))),
    ),
    Situation(
        Firm(
            "alone in its group",
            (full(3),),
            group=(member("alone in its group", firm="alone in its group", group="alone"),),
        ),
        "1-12 yes 3 3 no",
        year=(("is_group_member", False), ("members", ())),
    ),
    Situation(
        Firm(
            "group that ended the year before",
            (full(3),),
            group=(
                member(
                    "group that ended the year before",
                    last=day(12, 31, 2024),
                    firm="group that ended the year before",
                    group="ended",
                ),
                member("gone", last=day(12, 31, 2024), size=3, group="ended"),
            ),
        ),
        "1-12 yes 3 3 no",
        year=(("is_group_member", False), ("members", ())),
    ),
    Situation(
        Firm(
            "group by size",
            (full(3),),
            group=(
                member("group by size", firm="group by size", group="G1"),
                member("Small", size=5, group="G1"),
                member("Large", size=70, group="G1"),
                member("Middle", size=20, group="G1"),
                member("Left in May", last=day(5, 31), size=40, group="G1"),
                member("Of another group", size=90, group="G2"),
            ),
        ),
        "1-12 yes 3 3 yes",
        year=(
            ("is_group_member", True),
            ("members", ("Large", "Left in May", "Middle", "Small")),
        ),
    ),
    Situation(
        Firm("no group", (full(3),)),
        "1-12 yes 3 3 no",
        year=(("is_group_member", False), ("members", ())),
    ),
    _pair("pair A", "pair B", "1-12 yes 7 . yes", "150"),
    _pair("pair B", "pair A", "1-12 yes 6 . yes", "60"),
    _pair("pair C of 100 and 30", "pair D", "1-12 yes 7 . yes", "100"),
    _pair("pair D", "pair C of 100 and 30", "1-12 yes 6 . yes", "30"),
    _pair("pair E of 100 and 29.99", "pair F", "1-12 yes 6 . yes", "100"),
    _pair("pair F", "pair E of 100 and 29.99", "1-12 yes 6 . yes", "29.99"),
)
