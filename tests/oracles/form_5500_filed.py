"""A filing of the public data set entered as operational rows, to see it come back.

Belongs here: reading each public column into the contract's column. Does not belong here: any
total or code that the product must find by itself.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from tests.oracles.build import Cell
from tests.oracles.form_5500_rows import Book

Public = Mapping[str, str]
BENEFITS = {
    "HEALTH": "health", "DENTAL": "dental", "VISION": "vision", "LIFE_INSUR": "life",
    "TEMP_DISAB": "std", "LONG_TERM_DISAB": "ltd", "UNEMP": "supplemental_unemployment",
    "DRUG": "prescription_drug", "STOP_LOSS": "stop_loss", "OTHER": "other",
}  # fmt: skip
NETWORKS = {"HMO": "HMO", "PPO": "PPO", "INDEMNITY": "Indemnity"}
AMOUNTS = {
    "PREMIUM_RCVD": "premiums_paid", "UNPAID_DUE": "premiums_due_change",
    "RESERVE": "unearned_reserve_change", "CLAIMS_PAID": "claims_paid",
    "INCR_RESERVE": "claims_reserve_change", "CLAIMS_CHRGD": "claims_charged",
    "RET_COMMISSIONS": "retention_commissions", "RET_ADMIN": "retention_administration",
    "RET_OTH_COST": "retention_acquisition", "RET_OTH_EXPENSE": "retention_expenses",
    "RET_TAXES": "retention_taxes", "RET_CHARGES": "retention_risk",
    "RET_OTH_CHRGS": "retention_other", "REFUND": "dividends_credited",
    "HELD_BNFTS": "reserve_held", "CLAIMS_RESERVE": "claim_reserve",
    "OTH_RESERVE": "other_reserves", "DIVNDS_DUE": "dividends_due",
    "TOT_CHARGES_PAID": "nonexperience_premiums", "ACQUIS_COST": "acquisition_costs",
}  # fmt: skip
ARRANGEMENTS = (
    ("INSURANCE", "insurance"), ("SEC412", "section_412"), ("TRUST", "trust"),
    ("GEN_ASSET", "general_assets"),
)  # fmt: skip
ENTITY = {"1": "multiemployer", "2": "single_employer", "3": "multiple_employer", "4": "dfe"}
LINE_9 = [name for name in AMOUNTS if name not in ("TOT_CHARGES_PAID", "ACQUIS_COST")]


def read(folder: Path, table: str, key: str = "") -> list[dict[str, str]]:
    """The rows of a public file, of one filing where the file holds several."""
    (path,) = (p for p in folder.glob(f"{table}*.csv") if p.stem in (table, f"{table}_as_filed"))
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if not key or row.get("FILING_KEY") == key]


def enter(book: Book, folder: Path, key: str = "") -> None:
    """The filing as rows of a book, its people as a participant list."""
    (form,) = read(folder, "F_5500", key)
    company = book.add(
        "company", f"filed {form['SPONS_DFE_EIN']}", legal_name=form["SPONSOR_DFE_NAME"],
        ein=form["SPONS_DFE_EIN"], address_line1=form["SPONS_DFE_MAIL_US_ADDRESS1"],
        city=form["SPONS_DFE_MAIL_US_CITY"], state=form["SPONS_DFE_MAIL_US_STATE"],
        zip=form["SPONS_DFE_MAIL_US_ZIP"], phone=form["SPONS_DFE_PHONE_NUM"],
        business_code=form["BUSINESS_CODE"],
    )  # fmt: skip
    plan = book.add(
        "benefit_plan", f"filed {form['PLAN_NAME']}", company_id=company,
        plan_name=form["PLAN_NAME"], plan_code="FILED", plan_number=form["SPONS_DFE_PN"],
        benefit_type="other", welfare_or_pension="welfare",
        plan_entity=ENTITY[form["TYPE_PLAN_ENTITY_CD"]], has_trust=form["FUNDING_TRUST_IND"] == "1",
        funding_arrangement=_list(form, "FUNDING"), benefit_arrangement=_list(form, "BENEFIT"),
        is_collectively_bargained=form["COLLECTIVE_BARGAIN_IND"] == "1",
        m1_required=form["SUBJ_M1_FILING_REQ_IND"] == "1", effective_date=form["PLAN_EFF_DATE"],
    )  # fmt: skip
    start, end = form["FORM_PLAN_YEAR_BEGIN_DATE"], form["FORM_TAX_PRD"]
    book.add("plan_year", f"filed {plan}", benefit_plan_id=plan, start_date=start, end_date=end)
    book.add(
        "plan_filing", f"filed {plan}", benefit_plan_id=plan, plan_year=int(start[:4]),
        is_first=form["INITIAL_FILING_IND"] == "1", is_amended=form["AMENDED_IND"] == "1",
        is_final=form["FINAL_FILING_IND"] == "1", signed_on=form["ADMIN_SIGNED_DATE"][:10] or None,
        signer_name=form.get("ADMIN_SIGNED_NAME") or None,
    )  # fmt: skip
    _people(book, plan, form, start, end)
    brokers = read(folder, "F_SCH_A_PART1", key)
    for schedule in read(folder, "F_SCH_A", key):
        contract = _contract(book, plan, schedule)
        mine = [row for row in brokers if row["FORM_ID"] == schedule["FORM_ID"]]
        for row in mine:
            _fee(book, contract, int(start[:4]), row)


def _people(book: Book, plan: str, form: Public, start: str, end: str) -> None:
    total, active = int(form["TOT_PARTCP_BOY_CNT"]), int(form["TOT_ACT_PARTCP_BOY_CNT"])
    groups = [(start, "active", active), (start, "retired", total - active)]
    for column, status in (
        ("TOT_ACTIVE_PARTCP_CNT", "active"),
        ("RTD_SEP_PARTCP_RCVG_CNT", "cobra"),
        ("RTD_SEP_PARTCP_FUT_CNT", "deferred_vested"),
    ):
        groups.append((end, status, int(form[column])))
    for day, status, count in groups:
        for number in range(count):
            book.add(
                "plan_participant", f"{plan} {day} {status} {number}", benefit_plan_id=plan,
                person_key=f"{status} {number}", as_of_date=day, status=status,
            )  # fmt: skip


def _contract(book: Book, plan: str, row: Public) -> str:
    types = [word for name, word in BENEFITS.items() if row[f"WLFR_BNFT_{name}_IND"] == "1"]
    network = [word for name, word in NETWORKS.items() if row[f"WLFR_BNFT_{name}_IND"] == "1"]
    amounts: dict[str, Cell] = {
        column: row[f"WLFR_{name}_AMT"] or None for name, column in AMOUNTS.items()
    }
    return book.add(
        "plan_contract", f"{plan} {row['INS_CONTRACT_NUM']}", benefit_plan_id=plan,
        carrier_name=row["INS_CARRIER_NAME"], carrier_ein=row["INS_CARRIER_EIN"],
        carrier_naic_code=row["INS_CARRIER_NAIC_CODE"], contract_number=row["INS_CONTRACT_NUM"],
        contract_kind="insured", policy_from=row["INS_POLICY_FROM_DATE"],
        policy_to=row["INS_POLICY_TO_DATE"], persons_covered_end=row["INS_PRSN_COVERED_EOY_CNT"],
        benefit_types=_json(types), network_type=network[0] if network else None,
        other_benefit_text=row["WLFR_TYPE_BNFT_OTH_TEXT"] or None,
        is_experience_rated=any(row[f"WLFR_{name}_AMT"] for name in LINE_9),
        dividends_paid_as="cash" if row["WLFR_REFUND_CASH_IND"] == "1" else None,
        acquisition_costs_nature=row["WLFR_ACQUIS_COST_TEXT"] or None,
        failed_to_provide=row["INS_FAIL_PROVIDE_INFO_IND"] == "1",
        failed_detail=row["INS_FAIL_PROVIDE_INFO_TEXT"] or None, **amounts,
    )  # fmt: skip


def _fee(book: Book, contract: str, plan_year: int, row: Public) -> None:
    book.add(
        "plan_fee", f"{contract} {row['ROW_ORDER']}", plan_contract_id=contract,
        plan_year=plan_year, recipient_name=row["INS_BROKER_NAME"],
        address_line1=row["INS_BROKER_US_ADDRESS1"], city=row["INS_BROKER_US_CITY"],
        state=row["INS_BROKER_US_STATE"], zip=row["INS_BROKER_US_ZIP"],
        organization_code=row["INS_BROKER_CODE"],
        base_commission=row["INS_BROKER_COMM_PD_AMT"] or None,
        fee_amount=row["INS_BROKER_FEES_PD_AMT"] or None,
        fee_purpose=row["INS_BROKER_FEES_PD_TEXT"] or None,
    )  # fmt: skip


def _list(form: Public, side: str) -> str:
    return _json([word for name, word in ARRANGEMENTS if form[f"{side}_{name}_IND"] == "1"])


def _json(words: list[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"
