"""Form 5500 end to end: random plans against the oracle, situations, and filings that come back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from reports.filings.form_5500.report import PARTS, PREFIX, build
from reports.model import Document, Facts, FormPages, ReportRequest
from reports.render.cells import canonical
from tests.oracles.build import build as build_warehouse
from tests.oracles.build import write_landing
from tests.oracles.form_5500 import returns
from tests.oracles.form_5500_filed import enter, read
from tests.oracles.form_5500_random import employers
from tests.oracles.form_5500_rows import Book
from tests.oracles.form_5500_situations import SITUATIONS

AS_OF = date(2025, 6, 30)
RANDOM_PLANS = int(os.environ.get("BENEFITS_RANDOM_PLANS", "120"))
INVENTED = Path(__file__).parents[1] / "scenarios" / "form_5500_filed" / "filed"
REAL = Path(__file__).parents[3] / "shared" / "domain" / "form5500" / "samples"
REAL_KEY = "CSR-501-2022"
FILED = {"invented": (INVENTED, ""), "real": (REAL, REAL_KEY)}
PENSION = ("PENSION_", "ALLOC_", "UNAL", "PENS_")


@dataclass(frozen=True)
class Built:
    """The rows that went in, and everything that was built from them."""

    book: Book
    connection: duckdb.DuckDBPyConnection

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """The rows of a query, as dictionaries."""
        return self.connection.sql(sql).pl().to_dicts()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """One warehouse of all random plans, situations and filings, stacked as companies."""
    book = Book()
    employers(book, 5500, RANDOM_PLANS)
    for name, situation in SITUATIONS.items():
        situation.enter(book, name)
    for folder, key in FILED.values():
        if folder.exists():
            enter(book, folder, key)
    home = tmp_path_factory.mktemp("form_5500")
    write_landing(home, book.rows)
    warehouse = build_warehouse(home, AS_OF.isoformat(), [f"+{PREFIX}{part}" for part in PARTS])
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield Built(book, connection)


@pytest.fixture(scope="module")
def decided(built: Built) -> dict[tuple[str, date], dict[str, Any]]:
    """Everything that was decided for each plan year of a random plan."""
    rows = built.rows(
        """
        select requirement.*, counted.first_active, counted.last_active, counted.last_receiving,
          counted.last_future, arranged.* exclude (filing_id, arrangement), filing.welfare_codes,
          filing.filing_id is not null as is_filled
        from intermediate.int_law__form_5500_requirement as requirement
        inner join intermediate.int_law__form_5500_count as counted using (filing_id)
        inner join intermediate.int_law__form_5500_arrangement as arranged using (filing_id)
        left join intermediate.int_law__form_5500_filing as filing using (filing_id)
        """
    )
    return {(row["benefit_plan_id"], row["start_date"]): row for row in rows}


def test_the_oracle_and_the_models_agree_on_every_random_plan(
    built: Built, decided: dict[tuple[str, date], dict[str, Any]]
) -> None:
    expected = returns(built.book.rows, AS_OF)
    assert expected.keys() == decided.keys()
    assert len(expected) > RANDOM_PLANS
    differences = []
    for key, want in expected.items():
        got = decided[key]
        pairs = {
            "status": (want.status, got["status"]),
            "rule": (want.rule if want.rule else None, got["rule"]),
            "5": (want.counts["5"], got["first_total"]),
            "6a(1)": (want.counts["6a(1)"], got["first_active"]),
            "6a(2)": (want.counts["6a(2)"], got["last_active"]),
            "6b": (want.counts["6b"], got["last_receiving"]),
            "6c": (want.counts["6c"], got["last_future"]),
        }
        for word in want.funding:
            pairs[f"9a {word}"] = (want.funding[word], got[f"funding_{word}"])
            pairs[f"9b {word}"] = (want.benefit[word], got[f"benefit_{word}"])
        if got["is_filled"]:
            pairs["8b"] = (want.codes, got["welfare_codes"])
        differences += [(key, line, *pair) for line, pair in pairs.items() if pair[0] != pair[1]]
    assert differences == []


def test_the_oracle_and_the_models_agree_on_every_schedule_a(built: Built) -> None:
    expected = {
        (plan, start, number): schedule
        for (plan, start), one in returns(built.book.rows, AS_OF).items()
        for number, schedule in one.schedules.items()
    }
    rows = built.rows(
        """
        select filing.benefit_plan_id, schedule_a.*
        from reports.rpt_form_5500__schedule_a as schedule_a
        inner join intermediate.int_law__form_5500_filing as filing using (filing_id)
        """
    )
    brokers = built.rows("select * from reports.rpt_form_5500__broker order by row_order")
    assert len(rows) > RANDOM_PLANS // 4
    for row in rows:
        want = expected[
            (row["benefit_plan_id"], row["sch_a_plan_year_begin_date"], row["ins_contract_num"])
        ]
        got = {
            **row,
            "recipients": [
                b["ins_broker_name"] for b in brokers if b["schedule_a_id"] == row["schedule_a_id"]
            ],
        }
        assert {name: got[name] for name in want} == want


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_situation_ends_as_worked_out_by_hand(built: Built, name: str) -> None:
    situation = SITUATIONS[name]
    plan_name = f"{name} wrap"
    for year, want in situation.expect.items():
        rows = built.rows(
            f"""
            select requirement.rule, requirement.status,
              cast(requirement.due_date as varchar) as due,
              plan.tot_partcp_boy_cnt as people, plan.type_welfare_bnft_code as codes,
              plan.num_sch_a_attached_cnt as schedules, plan.short_plan_yr_ind as short,
              (select string_agg(ins_contract_num || ' ' || ins_broker_comm_tot_amt || ' '
                || ins_broker_fees_tot_amt, ', ' order by form_id)
                from reports.rpt_form_5500__schedule_a as a
                where a.filing_id = plan.filing_id) as paid,
              (select string_agg(ins_contract_num, ', ' order by form_id)
                from reports.rpt_form_5500__schedule_a as a
                where a.filing_id = plan.filing_id) as contracts
            from reports.rpt_form_5500__requirement as requirement
            left join reports.rpt_form_5500__plan as plan using (filing_id)
            where requirement.plan_name = '{plan_name}' and requirement.plan_year = {year}
            """
        )
        assert len(rows) == 1
        assert {key: rows[0][key] for key in want} == want


@pytest.mark.parametrize("source", FILED)
def test_a_filing_entered_as_rows_comes_back_line_for_line(built: Built, source: str) -> None:
    folder, key = FILED[source]
    if not folder.exists():
        pytest.skip(f"{folder} is not on this machine")
    (form,) = read(folder, "F_5500", key)
    document = _document(built, form["SPONS_DFE_EIN"], int(form["FORM_PLAN_YEAR_BEGIN_DATE"][:4]))
    files = {table.file: canonical(table).to_dicts() for table in document.tables("csv")}
    _same([form], files["F_5500.csv"], ("SPONS_DFE_PN",), {"ACK_ID"})
    schedules, got = read(folder, "F_SCH_A", key), files["F_SCH_A.csv"]
    assert len(schedules) == len(got) == 8
    left_out = {"ACK_ID", "FORM_ID", *(n for n in schedules[0] if n.startswith(PENSION))}
    _same(schedules, got, ("INS_CONTRACT_NUM",), left_out)
    mine = {row["FORM_ID"]: row["INS_CONTRACT_NUM"] for row in schedules}
    ours = {row["FORM_ID"]: row["INS_CONTRACT_NUM"] for row in got}
    filed = [{**r, "CONTRACT": mine[r["FORM_ID"]]} for r in read(folder, "F_SCH_A_PART1", key)]
    built_rows = [{**r, "CONTRACT": ours[r["FORM_ID"]]} for r in files["F_SCH_A_PART1.csv"]]
    _same(filed, built_rows, ("CONTRACT", "ROW_ORDER"), {"ACK_ID", "FORM_ID"})
    assert not [item for item in document.work_items if item.is_blocking]


def _same(
    filed: list[dict[str, str]],
    got: list[dict[str, Any]],
    keys: tuple[str, ...],
    left_out: set[str],
) -> None:
    """Every column of the filed file has the same text, row by row."""
    by_key = {tuple(str(row[key]) for key in keys): row for row in got}
    assert len(by_key) == len(filed)
    for row in filed:
        mine = by_key[tuple(row[key] for key in keys)]
        columns = [name for name in row if name in mine and name not in left_out]
        assert {name: mine[name] or "" for name in columns} == {name: row[name] for name in columns}


def _document(built: Built, ein: str, plan_year: int) -> Document:
    company = built.rows(f"select * from marts.dim_company where ein = '{ein}'")[0]
    rows: dict[str, pl.DataFrame] = {
        PREFIX + part: built.connection.sql(
            f"select * from reports.{PREFIX}{part} where company_id = '{company['company_id']}'"
            f" and (plan_year = {plan_year} or plan_year is null)"
        ).pl()
        for part in PARTS
    }
    facts = Facts(company["company_id"], company["legal_name"], ein, "0" * 16, AS_OF, "A", False)
    return build(rows, ReportRequest(company["company_id"], AS_OF, plan_year=plan_year), facts)


def test_what_an_input_does_not_give_is_unknown_and_named(built: Built) -> None:
    document = _document(built, "912345678", 2024)
    (form,) = (block for block in document.blocks if isinstance(block, FormPages))
    assert form.pages[0].unknown == {"2c"}
    assert form.pages[2].unknown == {"11a_yes", "11a_no"}
    assert form.pages[0].mark == "DRAFT worksheet, not for filing"
    assert "company.phone" in form.pages[0].notes[0]
    named = {(item.table, item.column) for item in document.work_items if item.is_blocking}
    assert {("company", "phone"), ("benefit_plan", "m1_required")} < named
    assert ("plan_year", "start_date") in named
    assert document.is_refused()


def test_every_count_has_its_people(built: Built) -> None:
    rows = built.rows(
        """
        select plan.filing_id, plan.tot_partcp_boy_cnt as counted,
          count(person.person_key) filter (person.day_kind = 'first') as listed,
          plan.subtl_act_rtd_sep_cnt as subtotal,
          count(person.person_key) filter (person.lines like '%6d%') as at_end
        from reports.rpt_form_5500__plan as plan
        left join reports.rpt_form_5500__person as person using (filing_id)
        group by all
        """
    )
    assert len(rows) > 20
    assert all(row["counted"] == row["listed"] for row in rows)
    assert all(row["subtotal"] in (None, row["at_end"]) for row in rows)
