"""Rows of one employer with 60 full-time people, as determined and as somebody else filed them.

(a) of a month would be 7,425.00 and (b) of one person is 371.67 (2024). Not here: any test.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from reports.filings.aca_audit import differences as d
from reports.filings.aca_audit.filed import TICKS, read_filed
from reports.filings.aca_audit.report import LAW, REPORT
from reports.model import Document, Facts, ReportRequest

ROOT = Path(__file__).resolve().parents[4]
FACTS = Facts("c", "Tern Hollow Lumber", "90-0000001", "7c1e04b9ff", date(2024, 12, 31), "A", True)
REQUEST = ReportRequest("c", date(2024, 12, 31), tax_year=2024)
KEYS: dict[str, Any] = {"company_id": "c", "tax_year": 2024, "ein": "90-0000001"}
LAW_SCHEMA = {"parameter": pl.String, "law_year": pl.Int32, "status": pl.String}
B, A, ZERO = Decimal("371.67"), Decimal("7425.00"), Decimal("0.00")
RETURN = (Decimal("120.00"), Decimal("660.00"))  # sections 6721 and 6722 together
MONEY = pl.Decimal(14, 2)


def seed(name: str) -> pl.DataFrame:
    """Return a code list as the models publish it."""
    return pl.read_csv(ROOT / "dbt" / "seeds" / "codes" / f"{name}.csv", infer_schema=False)


def person(number: str, form: str = "1095-C", ssn: str = "900-01-0001") -> dict[str, Any]:
    return {
        **KEYS, "employee_id": f"e{number}", "employee_number": number, "first_name": "Ada",
        "last_name": "Quill", "ssn": ssn, "form": form,
        "none_reason": "never full-time" if form == "none" else None, "part_iii_reason": None,
        "unknown_reason": "hours: absent" if form == "unknown" else None,
    }  # fmt: skip


def months(number: str, line_14: str, line_15: str | None, line_16: str | None, **more: Any) -> Any:
    """Return the twelve months of somebody as determined."""
    own = {
        **KEYS, "employee_id": f"e{number}", "form": "1095-C", "full_time": True, "lnap": False,
        "line_14": line_14, "line_15": Decimal(line_15) if line_15 else None, "line_16": line_16,
        "line_17": None, "plan_start_month": "01", "age": None, "rule_14": "L14-01",
        "rule_15": "L15-01", "rule_16": "L16-01", "unknown_reason": None,
        "is_line_14_unknown": False, "is_line_15_unknown": False, "is_line_16_unknown": False,
        "is_plan_start_unknown": False,
    }  # fmt: skip
    return [own | {"month": month} | more for month in range(1, 13)]


def exposed(number: str, month: int, kind: str, has_credit: bool = False) -> dict[str, Any]:
    is_exposed = kind in ("not_offered", "no_minimum_value", "no_safe_harbor")
    own = {**KEYS, "employee_id": f"e{number}", "month": month, "kind": kind}
    return own | {"is_exposed": is_exposed, "has_credit": has_credit}


def covered_one(
    number: str, first: str, covered: str, ssn: str | None = None, born: date | None = None
) -> dict[str, Any]:
    """Return somebody covered with an employee; `covered` are twelve letters, `x` a month."""
    return {
        **KEYS, "employee_id": f"e{number}", "employee_number": number, "first_name": first,
        "last_name": "Quill", "ssn": ssn, "date_of_birth": born, "is_all_year": covered == 12 * "x",
        **{name: letter == "x" for name, letter in zip(TICKS, covered, strict=True)},
    }  # fmt: skip


COVERED_SCHEMA = {
    "company_id": pl.String, "tax_year": pl.Int32, "ein": pl.String, "employee_id": pl.String,
    "employee_number": pl.String, "first_name": pl.String, "last_name": pl.String,
    "ssn": pl.String, "date_of_birth": pl.Date, "is_all_year": pl.Boolean,
    **dict.fromkeys(TICKS, pl.Boolean),
}  # fmt: skip
EXPOSED_SCHEMA = {
    "company_id": pl.String, "tax_year": pl.Int32, "ein": pl.String, "employee_id": pl.String,
    "month": pl.Int32, "kind": pl.String, "is_exposed": pl.Boolean, "has_credit": pl.Boolean,
}  # fmt: skip


def employer(**more: Any) -> pl.DataFrame:
    own = {
        **KEYS, "mec_offer": True, "full_time_count": 60, "total_employee_count": 70,
        "a_least": A, "a_most": A, "has_credit": False, "b_one": B,
        "return_low": Decimal("60.00"), "return_high": Decimal("330.00"),
        "return_cap_low": Decimal("232500.00"), "return_cap_high": Decimal("3987000.00"),
        "small_difference": Decimal("100.00"),
    }  # fmt: skip
    names = [name for name, value in own.items() if isinstance(value, Decimal)]
    kinds: dict[str, Any] = dict.fromkeys(names, MONEY)
    frame = pl.DataFrame(
        [own | {"month": month} | more for month in range(1, 13)], schema_overrides=kinds
    )
    return frame.cast({"month": pl.Int32, "mec_offer": pl.Boolean})


def built(
    folder: Path,
    theirs: list[str],
    people: list[dict[str, Any]],
    ours: list[Any],
    at_risk: list[dict[str, Any]] | None = None,
    header: str = "tax_year,ein,employee_number,month,line_14,line_15,line_16",
    more: str = "",
    listed: str = "",
    covered: list[dict[str, Any]] | None = None,
    **month: Any,
) -> Document:
    """Return the document over such rows and a file with these lines."""
    (folder / "theirs.csv").write_text("\n".join((header, *theirs)) + "\n", encoding="utf-8")
    paths = [folder / "theirs.csv"]
    for name, text in (("months.csv", more), ("covered.csv", listed)):
        if text:
            (folder / name).write_text(text, encoding="utf-8")
            paths.append(folder / name)
    codes = pl.DataFrame(
        [row for group in ours for row in group],
        schema_overrides={
            "line_15": pl.Decimal(12, 2), "line_16": pl.String, "line_17": pl.String,
            "age": pl.Int32, "month": pl.Int32, "unknown_reason": pl.String, "line_14": pl.String,
        },
    )  # fmt: skip
    texts = dict.fromkeys(("none_reason", "unknown_reason", "ssn", "part_iii_reason"), pl.String)
    rules = seed("code_aca_line_16").select("rule_id", "condition")
    rows = {
        d.OURS: codes,
        d.COVERED: pl.DataFrame(covered or [], schema=COVERED_SCHEMA),
        d.PERSON: pl.DataFrame(people, schema_overrides=texts),
        d.EXPOSED: pl.DataFrame(at_risk or [], schema=EXPOSED_SCHEMA),
        d.EMPLOYER: employer(**month),
        d.RULE: seed("code_aca_difference").with_columns(pl.col("is_return_wrong") == "true"),
        d.PAIR: seed("code_aca_combination"),
        d.DECIDED: rules,
        LAW: pl.DataFrame(schema=LAW_SCHEMA),
        **read_filed(paths).rows(),
    }
    return REPORT.build(rows, REQUEST, FACTS)


def year(number: str, line_14: str, line_15: str, line_16: str) -> list[str]:
    """Return the twelve rows of somebody as filed."""
    return [f"2024,900000001,{number},{m},{line_14},{line_15},{line_16}" for m in range(1, 13)]


def table(document: Document, name: str = "differences") -> pl.DataFrame:
    return next(block.frame for block in document.tables() if block.name == name)
