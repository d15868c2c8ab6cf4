"""The tables beside the forms: what must be filed, who is counted, what must be settled.

Does not belong here: the public files (public.py), or any decision (dbt).
"""

from __future__ import annotations

from typing import Final

import polars as pl

from reports.model import Field, Table

_PLAN: Final = (
    Field("plan_number", "Plan number", "identifier"),
    Field("plan_name", "Plan"),
)
_REQUIREMENT: Final = (
    Field("ein", "EIN", "identifier"),
    *_PLAN,
    Field("plan_year", "Plan year", "identifier"),
    Field("start_date", "First day", "date"),
    Field("end_date", "Last day", "date"),
    Field(
        "participants_first_day",
        "Participants on the first day",
        "integer",
        null="blank",
        reason="count_why",
    ),
    Field("status", "Status"),
    Field("rule", "Rule", "identifier"),
    Field("form", "Form"),
    Field("schedules", "Schedules"),
    Field("due_date", "Due", "date", null="not_applicable"),
    Field("extended_due_date", "Due with Form 5558", "date", null="not_applicable"),
    Field("audit_report", "Accountant's report"),
    Field("summary_annual_report", "Summary annual report"),
    Field(
        "late_penalty_per_day",
        "Late penalty per day, at most",
        "money",
        null="blank",
        places=2,
        reason="penalty_why",
    ),
    Field("reason", "Reason"),
    Field("citation", "Citation", null="blank"),
)
_NO_FILING: Final = ("ein", "plan_number", "plan_year", "rule", "reason")
_PERSON: Final = (
    Field("plan_number", "Plan number", "identifier"),
    Field("count_date", "Day", "date"),
    Field("employee_number", "Employee number or person key", "identifier", sensitivity="pii"),
    Field("status", "Status"),
    Field("lines", "Counted in lines", "identifier"),
    Field("source", "Source"),
    Field("is_basis_assumed", "Active is assumed", "boolean"),
)
_WORK: Final = (
    *_PLAN,
    Field("form", "Form", "identifier"),
    Field("form_id", "Schedule A", "integer", null="blank"),
    Field("row_order", "Recipient", "integer", null="blank"),
    Field("line", "Line", "identifier", null="blank"),
    Field("box", "Column", "identifier", null="blank"),
    Field("reason", "What is missing"),
    Field("source_table", "Table"),
    Field("source_column", "Field", null="blank"),
    Field("source_key", "Row", "identifier", null="blank"),
    Field("owner", "Owner"),
    Field("is_blocking", "Must be settled", "boolean"),
)


def requirement_tables(requirement: pl.DataFrame) -> tuple[Table, Table]:
    """What each plan must file, and the plans that need not file."""
    shown = _shown(requirement)
    none = shown.filter(pl.col("status") == "not required").with_columns(
        pl.when(pl.col("plan_number").is_null())
        .then(pl.concat_str("plan_name", pl.lit(": "), "reason"))
        .otherwise(pl.col("reason"))
        .alias("reason")
    )
    by_name = {field.name: field for field in _REQUIREMENT}
    return (
        Table(
            name="filing_requirement",
            title="What must be filed",
            note="One row per plan and plan year that begins in the year.",
            fields=_REQUIREMENT,
            frame=shown,
            file="filing_requirement.csv",
            question="Which plans file what, and when?",
        ),
        Table(
            name="no_filing",
            title="Plans that need not file",
            note="One row per plan and plan year.",
            fields=tuple(by_name[name] for name in _NO_FILING),
            frame=none,
            formats=("xlsx", "csv", "xml", "json"),
            file="no_filing.csv",
            question="Which plans do not file, and by which rule?",
        ),
    )


def _shown(requirement: pl.DataFrame) -> pl.DataFrame:
    """The requirement in words, with the reason of a count or amount that is unknown."""
    is_welfare, files = pl.col("plan_kind") == "welfare", pl.col("form").str.starts_with("5500")
    count_why = pl.when(is_welfare & pl.col("participants_first_day").is_null())
    penalty_why = pl.when(files & pl.col("late_penalty_per_day").is_null())
    return requirement.with_columns(
        pl.col("plan_year").cast(pl.String),
        pl.col("status").str.replace_all("_", " "),
        count_why.then(pl.lit("not known, see the work list")).alias("count_why"),
        penalty_why.then(pl.lit("the amount of that year is not known")).alias("penalty_why"),
    )


def people_table(person: pl.DataFrame) -> Table:
    """The people behind lines 5 and 6, by employee number."""
    return Table(
        name="person",
        title="People counted in lines 5 and 6",
        note="One row per person and counting day, by employee number.",
        fields=_PERSON,
        frame=person.with_columns(pl.coalesce("employee_number", "person_key")).sort(
            "plan_number", "count_date", "employee_number"
        ),
        file="person.csv",
        question="Who stands behind each count?",
    )


def work_table(items: pl.DataFrame) -> Table:
    """What a person must settle or should look at."""
    return Table(
        name="work_item",
        title="Work list",
        note="What must be settled comes first; the rest are findings to look at.",
        fields=_WORK,
        frame=items,
        file="work_item.csv",
        question="What is unknown, and who can supply it?",
    )
