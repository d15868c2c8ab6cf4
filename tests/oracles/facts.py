"""Operational facts of one employer as typed values; every field is a column of its table.

Belongs here: the shape of the facts that oracles read and the landing rows they become.
Does not: how facts are drawn at random (`employers`), and no rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from tests.oracles.build import Row


@dataclass(frozen=True)
class Company:
    table: ClassVar[str] = "company"
    id: str
    legal_name: str
    ein: str
    is_test_data: bool | None = True


@dataclass(frozen=True)
class Provider:
    table: ClassVar[str] = "benefits_provider_config"
    id: str
    company_id: str
    provider_name: str
    provider_code: str


@dataclass(frozen=True)
class Department:
    table: ClassVar[str] = "department"
    id: str
    company_id: str
    name: str


@dataclass(frozen=True)
class Plan:
    table: ClassVar[str] = "benefit_plan"
    id: str
    company_id: str
    plan_name: str
    plan_code: str
    benefit_type: str
    provider_config_id: str | None = None
    is_self_insured: bool | None = None
    is_mec: bool | None = None


@dataclass(frozen=True)
class Rate:
    table: ClassVar[str] = "plan_rate"
    id: str
    benefit_plan_id: str
    coverage_level: str
    from_date: date
    total_premium_monthly: Decimal
    employee_cost_monthly: Decimal
    to_date: date | None = None
    contribution_class: str | None = None
    is_tobacco_user: bool | None = None


@dataclass(frozen=True)
class PayDate:
    table: ClassVar[str] = "pay_calendar"
    id: str
    company_id: str
    pay_frequency: str
    pay_date: date


@dataclass(frozen=True)
class Employee:
    table: ClassVar[str] = "employee"
    id: str
    company_id: str
    employee_number: str
    first_name: str = "Ona"
    last_name: str = "Ruutel"
    person_key: str | None = None
    ssn: str | None = None


@dataclass(frozen=True)
class Employment:
    table: ClassVar[str] = "employment_period"
    id: str
    employee_id: str
    company_id: str
    start_date: date
    end_date: date | None = None
    employment_class: str = "full_time"
    contribution_class: str | None = None
    department_id: str | None = None
    pay_frequency: str | None = None


@dataclass(frozen=True)
class Enrollment:
    table: ClassVar[str] = "benefits_enrollment"
    id: str
    company_id: str
    employee_id: str
    enrollment_number: str
    benefit_plan_id: str
    coverage_start_date: date
    effective_date: date
    enrollment_status: str
    enrollment_type: str = "Open Enrollment"
    provider_config_id: str | None = None
    coverage_end_date: date | None = None
    termination_date: date | None = None
    employee_contribution_amount: Decimal | None = None
    employer_contribution_amount: Decimal | None = None
    contribution_frequency: str | None = None
    coverage_level: str | None = None
    dependents: str | None = None
    created_by_user_id: str | None = None
    approved_by_user_id: str | None = None


@dataclass(frozen=True)
class Offer:
    table: ClassVar[str] = "benefit_offer"
    id: str
    employee_id: str
    company_id: str
    benefit_plan_id: str
    coverage_from: date
    coverage_to: date | None = None
    response: str | None = None
    reason: str = "active"
    offered_to_spouse: bool = True
    offered_to_dependents: bool = True


@dataclass(frozen=True)
class Budget:
    table: ClassVar[str] = "benefits_budget"
    id: str
    company_id: str
    month: date
    cost_category: str
    amount: Decimal
    benefit_type: str | None = None
    department_id: str | None = None
    provider_config_id: str | None = None


@dataclass(frozen=True)
class Survey:
    table: ClassVar[str] = "benefit_survey"
    id: str
    company_id: str
    month: date
    department_id: str | None = None
    responses: int | None = None
    score: Decimal | None = None


@dataclass(frozen=True)
class Monitoring:
    table: ClassVar[str] = "benefits_integration_monitoring"
    id: str
    company_id: str
    provider_config_id: str
    monitoring_date: date
    sync_success_rate: Decimal | None = None
    data_accuracy_score: Decimal | None = None
    error_rate: Decimal | None = None
    performance_score: Decimal | None = None
    availability_percentage: Decimal | None = None
    api_response_time_ms: int | None = None
    sla_compliance: bool | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True)
class Details:
    table: ClassVar[str] = "benefits_coverage_details"
    id: str
    company_id: str
    enrollment_id: str
    coverage_type: str
    plan_name: str = "Plan"
    plan_code: str = "P"
    waiting_period_days: int | None = None
    pre_existing_conditions: str | None = None
    is_active: bool | None = None


@dataclass(frozen=True)
class Security:
    table: ClassVar[str] = "benefits_security_config"
    id: str
    company_id: str
    encryption_at_rest: bool | None = None
    encryption_in_transit: bool | None = None
    encryption_algorithm: str | None = None
    hipaa_compliance_enabled: bool | None = None
    multi_factor_auth_required: bool | None = None
    session_timeout_minutes: int | None = None


@dataclass(frozen=True)
class Assignment:
    table: ClassVar[str] = "benefits_user_role_assignment"
    id: str
    company_id: str
    expiry_date: date | None = None
    is_active: bool | None = None


@dataclass(frozen=True)
class Solicitation:
    table: ClassVar[str] = "tin_solicitation"
    id: str
    person_kind: str
    person_id: str
    solicited_on: date


@dataclass(frozen=True)
class Employer:
    """Everything one company's history holds."""

    company: Company
    providers: tuple[Provider, ...] = ()
    departments: tuple[Department, ...] = ()
    plans: tuple[Plan, ...] = ()
    rates: tuple[Rate, ...] = ()
    pay_dates: tuple[PayDate, ...] = ()
    employees: tuple[Employee, ...] = ()
    employments: tuple[Employment, ...] = ()
    enrollments: tuple[Enrollment, ...] = ()
    offers: tuple[Offer, ...] = ()
    budgets: tuple[Budget, ...] = ()
    surveys: tuple[Survey, ...] = ()
    monitoring: tuple[Monitoring, ...] = ()
    details: tuple[Details, ...] = ()
    security: tuple[Security, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    solicitations: tuple[Solicitation, ...] = ()
    _index: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def plan(self, plan_id: str) -> Plan:
        """The plan with that id."""
        plans: dict[str, Plan] = self._index.setdefault("plan", {p.id: p for p in self.plans})
        return plans[plan_id]

    def person(self, employee_id: str) -> str:
        """The person behind an employee record: the person key, else the record."""
        people: dict[str, str] = self._index.setdefault(
            "person", {e.id: e.person_key or e.id for e in self.employees}
        )
        return people[employee_id]

    def provider(self, enrollment: Enrollment) -> str | None:
        """The provider of an enrollment, else of its plan."""
        plan = self.plan(enrollment.benefit_plan_id)
        return enrollment.provider_config_id or plan.provider_config_id


_TABLES = (
    *(Company, Provider, Department, Plan, Rate, PayDate, Employee, Employment, Enrollment),
    *(Offer, Budget, Survey, Monitoring, Details, Security, Assignment, Solicitation),
)


def landing_rows(employers: Iterable[Employer]) -> dict[str, list[Row]]:
    """The landing rows of many employers, by table; tables without rows are present and empty."""
    rows: dict[str, list[Row]] = {kind.table: [] for kind in _TABLES}
    for employer in employers:
        rows[Company.table].append(_row(employer.company))
        for part in fields(employer)[1:-1]:
            for fact in getattr(employer, part.name):
                rows[fact.table].append(_row(fact))
    return rows


def _row(fact: Any) -> Row:
    return {column.name: getattr(fact, column.name) for column in fields(fact)}
