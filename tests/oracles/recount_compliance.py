"""An independent recount of the compliance mart of one employer, rule by rule.

Belongs here: what each running rule looks at and finds, the score and the status. Does not: SQL.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction

from tests.oracles.cost_oracle import covered_days
from tests.oracles.exact import rounded
from tests.oracles.facts import Employer, Enrollment
from tests.oracles.recount_dashboard import latest_of_day

Items = dict[object, bool]
_FAR = date(2100, 1, 1)
_RULES: dict[str, tuple[str, str, str, str]] = {
    # rule: type, basis, severity, status while it fails
    "ACA-001": ("ACA", "law", "High", "Non-Compliant"),
    "ACA-005": ("ACA", "law", "Medium", "Warning"),
    "ACA-006": ("ACA", "law", "Critical", "Non-Compliant"),
    "HIPAA-004": ("HIPAA", "law", "Critical", "Non-Compliant"),
    "HIPAA-005": ("HIPAA", "policy", "High", "Warning"),
    "HIPAA-006": ("HIPAA", "policy", "Medium", "Warning"),
    "HIPAA-010": ("HIPAA", "policy", "High", "Non-Compliant"),
    "IND-005": ("Industry Standards", "policy", "Medium", "Warning"),
    "IND-006": ("Industry Standards", "policy", "High", "Non-Compliant"),
}
TYPES = ("ACA", "HIPAA", "ERISA", "COBRA", "State Laws", "Industry Standards", "GDPR", "CCPA")
_WEIGHTS = {"Critical": 10, "High": 5, "Medium": 2, "Low": 1}


def recount(employer: Employer, as_of: date) -> dict[str, dict[str, object]]:
    """The row of each compliance type."""
    found: dict[str, Items] = {
        "ACA-001": _waiting(employer),
        "ACA-005": _without_ssn(employer, as_of),
        "ACA-006": _exclusions(employer),
        "HIPAA-004": _encryption(employer),
        "HIPAA-005": _second_factor(employer),
        "HIPAA-006": _sessions(employer),
        "HIPAA-010": _assignments(employer, as_of),
        "IND-005": _feeds(employer, as_of),
        "IND-006": _approvals(employer),
    }
    return {kind: _row(kind, found, as_of) for kind in TYPES}


def _row(kind: str, found: dict[str, Items], as_of: date) -> dict[str, object]:
    rules = [rule for rule, facts in _RULES.items() if facts[0] == kind]
    if not rules:
        return _empty()
    opened = {rule: sum(found[rule].values()) for rule in rules}
    law = [rule for rule in rules if _RULES[rule][1] == "law"]
    critical = sum(opened[rule] for rule in law if _RULES[rule][2] == "Critical")
    failing = {_RULES[rule][3] for rule in law if opened[rule]}
    status = next((s for s in ("Non-Compliant", "Warning") if s in failing), "Under Review")
    return {
        "compliance_status": status,
        "compliance_score": _score(law, found, critical),
        "violations_detected": sum(opened.values()),
        "open_violations": sum(opened.values()),
        "critical_violations": critical,
        "last_check_date": as_of,
        "next_check_date": as_of + timedelta(days=1),
        "results": {rule: (opened[rule], len(found[rule])) for rule in rules},
    }


def _score(law: list[str], found: dict[str, Items], critical: int) -> object:
    looked = [rule for rule in law if found[rule]]
    if not looked:
        return None
    weights = sum(_WEIGHTS[_RULES[rule][2]] for rule in looked)
    lost = sum(
        _WEIGHTS[_RULES[rule][2]] * Fraction(sum(found[rule].values()), len(found[rule]))
        for rule in looked
    )
    score = rounded(100 * (1 - Fraction(lost) / weights))
    return min(score, rounded(Fraction(79))) if critical else score


def _empty() -> dict[str, object]:
    blank: dict[str, object] = dict.fromkeys(
        ("compliance_score", "violations_detected", "open_violations", "critical_violations",
         "last_check_date", "next_check_date")
    )  # fmt: skip
    return {"compliance_status": "Under Review", **blank, "results": {}}


def _waiting(employer: Employer) -> Items:
    items: Items = {}
    for enrollment in employer.enrollments:
        if enrollment.enrollment_type != "New Hire" or not covered_days(enrollment, _FAR):
            continue
        if employer.plan(enrollment.benefit_plan_id).benefit_type != "health":
            continue
        hired = _unbroken_since(employer, enrollment)
        if hired is not None:
            late = (enrollment.coverage_start_date - hired).days > 90
            _add(items, (enrollment.employee_id, enrollment.benefit_plan_id), late)
    enrollments = {e.id: e for e in employer.enrollments}
    for row in employer.details:
        if row.coverage_type == "Health" and row.waiting_period_days is not None:
            enrollment = enrollments[row.enrollment_id]
            pair = (enrollment.employee_id, enrollment.benefit_plan_id)
            _add(items, pair, row.waiting_period_days > 90)
    return items


def _unbroken_since(employer: Employer, enrollment: Enrollment) -> date | None:
    periods = sorted(
        (p.start_date, p.end_date or _FAR)
        for p in employer.employments
        if p.employee_id == enrollment.employee_id and p.start_date <= (p.end_date or _FAR)
    )
    first, until = None, date.min
    for start, end in periods:
        if start > enrollment.coverage_start_date:
            break
        if first is None or (start - until).days > 1:
            first = start
        until = max(until, end)
    return first


def _without_ssn(employer: Employer, as_of: date) -> Items:
    first, last = date(as_of.year, 1, 1), date(as_of.year, 12, 31)
    people: dict[tuple[str, ...], bool] = {}
    numbers = {e.id: e.ssn for e in employer.employees}
    for enrollment in employer.enrollments:
        days = covered_days(enrollment, _FAR)
        if not days or not employer.plan(enrollment.benefit_plan_id).is_mec:
            continue
        if days[0] > last or days[1] < first:
            continue
        who = enrollment.employee_id
        _known(people, ("employee", who), _valid(employer, numbers[who]))
        for one in json.loads(enrollment.dependents or "[]"):
            start = max(days[0], _date(one, ("coverage_start", "coverage_start_date")) or days[0])
            end = min(days[1], _date(one, ("coverage_end", "coverage_end_date")) or days[1])
            if start <= end and start <= last and end >= first:
                born = _date(one, ("date_of_birth", "dob", "birth_date"))
                name = f"{one.get('first_name')} {one.get('last_name')}".lower()
                key = ("dependent", who, name, str(born))
                _known(people, key, _valid(employer, one.get("ssn")))
    asked = [(s.person_kind, s.person_id) for s in employer.solicitations]
    return {key: not known and asked.count((key[0], key[1])) < 3 for key, known in people.items()}


def _known(people: dict[tuple[str, ...], bool], key: tuple[str, ...], valid: bool) -> None:
    people[key] = people.get(key, False) or valid


def _date(item: dict[str, str | None], names: tuple[str, ...]) -> date | None:
    found = next((text for name in names if (text := item.get(name))), None)
    return date.fromisoformat(found) if found else None


def _valid(employer: Employer, ssn: str | None) -> bool:
    number = (ssn or "").replace("-", "").replace(" ", "")
    if len(number) != 9 or not number.isdigit():
        return False
    area, group, serial = int(number[:3]), int(number[3:5]), int(number[5:])
    if area in (0, 666) or group == 0 or serial == 0:
        return False
    return area < 900 or (employer.company.is_test_data is True and group < 50)


def _exclusions(employer: Employer) -> Items:
    return {
        row.id: bool(json.loads(row.pre_existing_conditions or "[]"))
        for row in employer.details
        if row.coverage_type == "Health" and row.is_active is not False
    }


def _encryption(employer: Employer) -> Items:
    items: Items = {}
    for row in employer.security:
        weak = row.encryption_algorithm not in ("AES-256", "AES-128-GCM", None)
        facts = (row.encryption_at_rest, row.encryption_in_transit, row.encryption_algorithm)
        if weak or False in facts:
            items[row.id] = True
        elif None not in facts:
            items[row.id] = False
    return items


def _second_factor(employer: Employer) -> Items:
    return {
        row.id: not row.multi_factor_auth_required
        for row in employer.security
        if row.hipaa_compliance_enabled and row.multi_factor_auth_required is not None
    }


def _sessions(employer: Employer) -> Items:
    rows = employer.security
    return {
        r.id: r.session_timeout_minutes > 15 for r in rows if r.session_timeout_minutes is not None
    }


def _assignments(employer: Employer, as_of: date) -> Items:
    return {
        row.id: row.expiry_date is not None and row.expiry_date < as_of
        for row in employer.assignments
        if row.is_active
    }


def _feeds(employer: Employer, as_of: date) -> Items:
    items: Items = {}
    for key, row in latest_of_day(employer, as_of).items():
        if row.monitoring_date.year != as_of.year:
            continue
        known = (row.sync_success_rate, row.data_accuracy_score, row.sla_compliance)
        sync, accuracy, kept = known
        poor_sync = sync is not None and sync < 98
        poor_accuracy = accuracy is not None and accuracy < 99
        if poor_sync or poor_accuracy or kept is False:
            items[key] = True
        elif None not in known:
            items[key] = False
    return items


def _approvals(employer: Employer) -> Items:
    return {
        e.id: e.created_by_user_id == e.approved_by_user_id
        for e in employer.enrollments
        if e.created_by_user_id and e.approved_by_user_id
    }


def _add(items: Items, key: object, failing: bool) -> None:
    items[key] = items.get(key, False) or failing
