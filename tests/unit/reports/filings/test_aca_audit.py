"""Somebody else's forms against ours: which difference, whose, what it could cost, in which order.

The employer has 60 full-time people, so that (a) of a month would be 7,425.00 and (b) of one
person is 371.67 (2024).
"""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from distribution.catalogue import Target, find_report
from distribution.errors import Refused
from reports.errors import RequestError
from reports.filings.aca_audit import differences as d
from reports.filings.aca_audit.filed import read_filed
from reports.filings.aca_audit.report import LAW, REPORT, SAME
from reports.model import Document, Facts, ReportRequest
from reports.render import render

ROOT = Path(__file__).resolve().parents[4]
FACTS = Facts("c", "Tern Hollow Lumber", "90-0000001", "7c1e04b9ff", date(2024, 12, 31), "A", True)
REQUEST = ReportRequest("c", date(2024, 12, 31), tax_year=2024)
KEYS: dict[str, Any] = {"company_id": "c", "tax_year": 2024, "ein": "90-0000001"}
LAW_SCHEMA = {"parameter": pl.String, "law_year": pl.Int32, "status": pl.String}
B, A, RETURN = Decimal("371.67"), Decimal("7425.00"), (Decimal("120.00"), Decimal("660.00"))
MONEY = pl.Decimal(14, 2)


def seed(name: str) -> pl.DataFrame:
    """Return a code list as the models publish it."""
    return pl.read_csv(ROOT / "dbt" / "seeds" / "codes" / f"{name}.csv", infer_schema=False)


def person(number: str, form: str = "1095-C", ssn: str = "900-01-0001") -> dict[str, Any]:
    return {
        **KEYS, "employee_id": f"e{number}", "employee_number": number, "first_name": "Ada",
        "last_name": "Quill", "ssn": ssn, "form": form,
        "none_reason": "never full-time" if form == "none" else None,
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


EXPOSED_SCHEMA = {
    "company_id": pl.String, "tax_year": pl.Int32, "ein": pl.String, "employee_id": pl.String,
    "month": pl.Int32, "kind": pl.String, "is_exposed": pl.Boolean, "has_credit": pl.Boolean,
}  # fmt: skip


def employer(**more: Any) -> pl.DataFrame:
    own = {
        **KEYS, "mec_offer": True, "full_time_count": 60, "total_employee_count": 70,
        "a_least": A, "a_most": A, "has_credit": False, "b_one": B, "return_low": RETURN[0],
        "return_high": RETURN[1], "small_difference": Decimal("100.00"),
    }  # fmt: skip
    names = ("a_least", "a_most", "b_one", "return_low", "return_high", "small_difference")
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
    **month: Any,
) -> Document:
    """Return the document over such rows and a file with these lines."""
    (folder / "theirs.csv").write_text("\n".join((header, *theirs)) + "\n", encoding="utf-8")
    paths = [folder / "theirs.csv"]
    if more:
        (folder / "months.csv").write_text(more, encoding="utf-8")
        paths.append(folder / "months.csv")
    codes = pl.DataFrame(
        [row for group in ours for row in group],
        schema_overrides={
            "line_15": pl.Decimal(12, 2), "line_16": pl.String, "line_17": pl.String,
            "age": pl.Int32, "month": pl.Int32, "unknown_reason": pl.String, "line_14": pl.String,
        },
    )  # fmt: skip
    texts = {"none_reason": pl.String, "unknown_reason": pl.String, "ssn": pl.String}
    rules = seed("code_aca_line_16").select("rule_id", "condition")
    rows = {
        d.OURS: codes,
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


def test_equal_forms_have_no_difference(tmp_path: Path) -> None:
    same = built(
        tmp_path, year("7", "1E", "98", "2G"), [person("7")], [months("7", "1E", "98.00", "2G")]
    )
    assert same.verdict == SAME
    assert table(same).height == 0


def test_a_missed_safe_harbor_costs_b_of_each_month_and_one_wrong_return(tmp_path: Path) -> None:
    document = built(
        tmp_path,
        year("7", "1E", "98", ""),
        [person("7")],
        [months("7", "1E", "98.00", "2G")],
        [exposed("7", 3, "protected", has_credit=True)],
    )
    rows = table(document).sort("month")
    assert set(rows["rule_id"]) == {"D01"}
    assert set(rows["theirs"]) == {None}
    assert set(rows["ours"]) == {"2G"}
    assert rows["assessed_high"].to_list() == [B] * 12
    assert [row for row in rows["assessed_low"].to_list() if row] == [B]  # March has the credit
    assert rows["return_high"].to_list() == [RETURN[1], *[Decimal("0.00")] * 11]
    low, high = B + RETURN[0], 12 * B + RETURN[1]
    assert document.verdict == f"12 differences, ${low:,} to ${high:,} at risk, an estimate."
    assert table(document)["month"].to_list()[:3] == [1, 3, 2]  # the return, the credit, the rest


def test_a_claim_that_the_facts_do_not_support_is_priced_the_same(tmp_path: Path) -> None:
    document = built(
        tmp_path,
        year("7", "1E", "98", "2C"),
        [person("7")],
        [months("7", "1E", "98.00", None)],
        [exposed("7", month, "no_safe_harbor") for month in range(1, 13)],
    )
    rows = table(document)
    assert set(rows["rule_id"]) == {"D03"}
    assert rows["assessed_high"].sum() == 12 * B


def test_lines_14_and_16_of_one_month_cost_once(tmp_path: Path) -> None:
    document = built(
        tmp_path, year("7", "1H", "", ""), [person("7")], [months("7", "1E", "98.00", "2C")]
    )
    rows = table(document)
    assert rows.group_by("rule_id").len().sort("rule_id").rows() == [
        ("D02", 12), ("D05", 12), ("D09", 12)
    ]  # fmt: skip
    assert rows["assessed_high"].sum() == 12 * B
    assert set(rows.filter(pl.col("rule_id") == "D02")["assessed_high"]) == {B}


def test_two_codes_that_cannot_stand_together_protect_nothing(tmp_path: Path) -> None:
    document = built(
        tmp_path, year("7", "1H", "", "2G"), [person("7")], [months("7", "1H", None, "2B")]
    )
    rows = table(document)
    assert set(rows["rule_id"]) == {"D04"}
    assert "their codes cannot stand together" in rows["why"][0]
    assert rows["assessed_high"].sum() == 12 * B


@pytest.mark.parametrize(
    ("theirs", "rule", "is_wrong"),
    [("198.00", "D12", False), ("198.01", "D11", True), ("", "D09", True)],
)
def test_an_amount_within_the_small_difference_makes_no_wrong_return(
    tmp_path: Path, theirs: str, rule: str, is_wrong: bool
) -> None:
    document = built(
        tmp_path, year("7", "1E", theirs, "2G"), [person("7")], [months("7", "1E", "98.00", "2G")]
    )
    rows = table(document)
    assert set(rows["rule_id"]) == {rule}
    assert rows["return_high"].sum() == (RETURN[1] if is_wrong else 0)
    assert rows["assessed_high"].sum() == 0


def test_what_is_unknown_here_is_no_finding_and_has_no_price(tmp_path: Path) -> None:
    unknown = months(
        "7", "1E", "98.00", None, is_line_16_unknown=True, unknown_reason="answer: absent"
    )
    document = built(
        tmp_path,
        year("7", "1E", "98", ""),
        [person("7")],
        [unknown],
        [exposed("7", month, "unknown") for month in range(1, 13)],
    )
    rows = table(document)
    assert set(rows["rule_id"]) == {"D50"}
    assert set(rows["box"]) == {"line 16"}
    assert set(rows["ours_why"]) == {"answer: absent"}
    assert set(rows["dollars_high"]) == {None}
    assert "0 differences, $0.00 at risk" in document.verdict
    assert "12 more cannot be compared." in document.verdict


def test_forms_missing_unwanted_twice_and_of_nobody_are_each_one_row(tmp_path: Path) -> None:
    header = "tax_year,ein,employee_number,month,line_14,line_15,line_16,ssn,first_name,last_name"
    people = [person("1"), person("2", "none", "900-01-0002"), person("3", ssn="900-01-0003")]
    people += [person("4", "unknown", "900-01-0004")]
    theirs = [
        "2024,900000001,2,1,1H,,2A,900-01-0002,Ada,Quill",
        *[row + ",900-01-0003,Ada,Quill" for row in year("3", "1E", "98", "2G")],
        "2024,900000001,99,1,1E,98,2G,900-01-0003,Ada,Quill",
        "2024,900000001,98,1,1E,98,2G,900-01-0098,Bo,Weald",
    ]
    ours = [months("1", "1E", "98.00", "2G"), months("3", "1E", "98.00", "2G")]
    document = built(tmp_path, theirs, people, ours, header=header)
    rows = table(document).sort("rule_id")
    assert rows.select("rule_id", "employee_number", "theirs", "ours").rows() == [
        ("D20", "1", "none", "1095-C"),
        ("D21", "2", "1095-C", "none"),
        ("D22", "98", "1095-C", None),
        ("D23", "3", "one more", "one"),
        ("D24", "4", "none", None),
    ]
    missing = rows.row(0, named=True)
    assert (missing["assessed_high"], missing["return_high"]) == (12 * B, RETURN[1])
    assert [row for row in rows["dollars_high"].to_list() if row is None] == [None, None]


def test_numbers_and_names_are_compared_where_the_file_gives_them(tmp_path: Path) -> None:
    header = "tax_year,ein,employee_number,month,line_14,line_15,line_16,ssn,first_name,last_name"
    theirs = [row + ",900010009,ADA,Quill-Moss" for row in year("7", "1E", "98", "2G")]
    document = built(
        tmp_path, theirs, [person("7")], [months("7", "1E", "98.00", "2G")], header=header
    )
    rows = table(document).sort("rule_id")
    assert rows.select("rule_id", "theirs", "ours").rows() == [
        ("D30", "***-**-0009", "***-**-0001"),
        ("D32", "ADA Quill-Moss", "Ada Quill"),
    ]
    assert rows["return_high"].to_list() == [RETURN[1], Decimal("0.00")]


@pytest.mark.parametrize(
    ("theirs", "ours", "rule"),
    [("false", True, "D40"), ("true", False, "D41"), ("", True, "D42"), ("true", None, "D50")],
)
def test_column_a_costs_a_of_everybody_and_then_nothing_under_b(
    tmp_path: Path, theirs: str, ours: bool | None, rule: str
) -> None:
    lines = "tax_year,ein,month,mec_offer\n2024,900000001,5," + theirs + "\n"
    document = built(
        tmp_path,
        year("7", "1E", "98", ""),
        [person("7")],
        [months("7", "1E", "98.00", "2G")],
        more=lines,
        mec_offer=ours,
    )
    (row,) = table(document).filter(pl.col("box") == "line 23 (a)").to_dicts()
    assert row["rule_id"] == rule
    assert row["assessed_high"] == (None if rule == "D50" else A)
    may = table(document).filter((pl.col("month") == 5) & (pl.col("box") == "line 16"))
    assert may["assessed_high"].to_list() == [Decimal("0.00") if theirs == "false" else B]


def test_b_of_all_people_never_costs_more_than_a_of_the_month(tmp_path: Path) -> None:
    numbers = [str(number) for number in range(1, 4)]
    document = built(
        tmp_path,
        [row for number in numbers for row in year(number, "1E", "98", "")],
        [person(number, ssn=f"900-01-000{number}") for number in numbers],
        [months(number, "1E", "98.00", "2G") for number in numbers],
        a_least=Decimal("500.00"),
        a_most=Decimal("500.00"),
    )
    assert table(document, "months")["b_high"].to_list() == [Decimal("500.00")] * 12
    assert table(document, "months")["missed_count"].to_list() == [3] * 12


def test_rows_of_another_employer_are_said_and_those_put_aside_listed(tmp_path: Path) -> None:
    theirs = [*year("7", "1E", "98", "2G"), "2024,900000002,7,1,1E,98,2G", "2024,9,7,1,1E,98,2G"]
    document = built(tmp_path, theirs, [person("7")], [months("7", "1E", "98.00", "2G")])
    assert ("Not compared", "1 rows of another employer or year.") in document.notes
    digest = hashlib.sha256((tmp_path / "theirs.csv").read_bytes()).hexdigest()
    assert ("File", f"theirs.csv, SHA-256 {digest}") in document.notes
    assert table(document, "unread").select("row", "column").rows() == [(15, "ein")]


def test_nothing_is_said_about_a_month_with_a_cell_that_cannot_be_read(tmp_path: Path) -> None:
    theirs = [*year("7", "1E", "98", "2G")[:11], "2024,900000001,7,12,1E,ninety,2G"]
    document = built(tmp_path, theirs, [person("7")], [months("7", "1E", "98.00", "2G")])
    assert document.verdict == SAME
    assert table(document, "unread").select("row", "column").rows() == [(13, "line_15")]


def test_it_needs_a_year_a_file_and_a_form_of_the_employer(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="needs a tax year"):
        REPORT.build({}, ReportRequest("c", date(2024, 12, 31)), FACTS)
    with pytest.raises(RequestError, match="name it with --file"):
        REPORT.build({}, REQUEST, FACTS)
    with pytest.raises(RequestError, match="holds no form of this employer for 2024"):
        built(
            tmp_path,
            ["2023,900000001,7,1,1E,98,2G"],
            [person("7")],
            [months("7", "1H", None, "2A")],
        )


def test_the_same_rows_give_the_same_bytes_in_every_format(tmp_path: Path) -> None:
    numbers = [str(number) for number in range(1, 6)]

    def made(order: int) -> Document:
        return built(
            tmp_path,
            [row for number in numbers[::order] for row in year(number, "1E", "98", "")],
            [person(number, ssn=f"900-01-000{number}") for number in numbers[::order]],
            [months(number, "1E", "98.00", "2G") for number in numbers[::order]],
        )

    for kind in REPORT.formats:
        first = [(f.name, f.content) for f in render(made(1), kind)]
        assert first == [(f.name, f.content) for f in render(made(1), kind)], kind
    shown = [f.name for f in made(1).tables()[0].fields if f.name not in ("file", "row")]
    assert table(made(1)).select(shown).equals(table(made(-1)).select(shown))


def test_every_kind_a_comparison_gives_has_its_words() -> None:
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "reports" / "filings" / "aca_audit").glob("*.py"))
    )
    for kind in seed("code_aca_difference")["difference"]:
        assert f'"{kind}"' in source, kind


def test_nobody_can_schedule_what_needs_a_file() -> None:
    target = Target("aca_audit", "csv", "email", None)
    with pytest.raises(Refused, match="it is made of a file, so nothing is due by itself"):
        find_report(target)
