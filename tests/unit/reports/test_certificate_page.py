"""The certificate's page: what it says, and that nothing in it is ever markup."""

from __future__ import annotations

import json
from datetime import date

from lxml import html

from reports.answers.certificate_page import certificate_page

CHECK = {
    "severity": 2,
    "table_name": "employee",
    "check_name": "value.ssn_format ssn",
    "failing_rows": 12,
    "owner": "HR data owner",
    "failing_keys": json.dumps([f"key-{n}" for n in range(10)]),
}
COMPANY = {"company_name": "Lee & <b>Sons</b>", "grade": "E", "checks_run": 31, "open": [CHECK]}


def page(*companies: dict[str, object]) -> html.HtmlElement:
    """Return the parsed page of some companies."""
    text = certificate_page("7c1e04b9", date(2025, 6, 30), companies, {"aca_1095c": ["pay_rate"]})
    return html.document_fromstring(text)


def test_every_open_check_is_a_row_with_owner_and_keys() -> None:
    [row] = page(COMPANY).xpath("//section[1]//tbody/tr")
    cells = [cell.text_content() for cell in row]
    assert cells[:5] == ["2", "employee", "value.ssn_format ssn", "12", "HR data owner"]
    assert cells[5].endswith("key-9 and 2 more")


def test_names_are_text_and_never_markup() -> None:
    found = page(COMPANY)
    assert found.xpath("//h2")[0].text_content() == "Lee & <b>Sons</b>: grade E"
    assert not found.xpath("//b")
    assert not found.xpath("//script | //*[@src] | //a[starts-with(@href, 'http')]")


def test_a_company_with_nothing_open_shows_no_table() -> None:
    found = page({**COMPANY, "grade": "A", "open": []})
    assert found.xpath("//section[1]//p")[0].text_content() == "31 checks run, none open"
    assert not found.xpath("//section[1]//table")


def test_what_is_not_in_the_source_stands_on_the_page() -> None:
    [row] = page(COMPANY).xpath("//section[2]//tbody/tr")
    assert [cell.text_content() for cell in row] == ["aca_1095c", "pay_rate"]
