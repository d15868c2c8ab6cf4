"""The mail of a document: short subject, aggregates only, the same order in both parts."""

from __future__ import annotations

import re
from dataclasses import replace

from reports.dashboards.mail import mail_body
from reports.model import Document, Metric, Metrics
from tests.unit.reports.dashboards.executive_sample import document, facts, request, with_changes

LARGEST = 100_000


def plain(**changes: object) -> Document:
    base = Document(
        report="aca_1095c",
        title="Form 1095-C",
        facts=facts(),
        request=request(),
        verdict="All 120 forms are complete.",
        lead="None is held.",
        blocks=(Metrics("numbers", "Numbers", (Metric("forms", "Forms", 120, "forms"),)),),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def test_the_subject_has_the_number_and_at_most_60_characters() -> None:
    body = mail_body(document())
    assert body.subject == "October benefits: $909K (3.9%) over budget; 2 critical"
    assert len(body.subject) <= 60


def test_a_long_verdict_falls_back_to_the_title() -> None:
    body = mail_body(
        plain(verdict="A verdict that is far too long to stand in a subject line of mail")
    )
    assert body.subject == "Form 1095-C, October 2026"


def test_the_preheader_continues_the_subject_and_is_hidden() -> None:
    body = mail_body(document())
    assert body.preheader == document().lead
    hidden = re.search(r'<div style="display:none[^>]*>(.*?)</div>', body.html)
    assert hidden is not None
    assert hidden.group(1) == body.preheader


def test_the_html_is_small_and_asks_for_nothing() -> None:
    body = mail_body(document())
    assert len(body.html.encode()) <= LARGEST
    assert re.findall(r"https?://", body.html) == []
    assert re.findall(r'src="([^"]+)"', body.html) == ["cid:chart"]
    assert "<svg" not in body.html
    assert "<script" not in body.html


def test_the_picture_is_twice_as_wide_as_shown_and_has_its_finding_as_words() -> None:
    image = mail_body(document()).images[0]
    assert image.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(image.content[16:20], "big") == 2 * 536
    assert f'alt="{image.alt}"' in mail_body(document()).html
    assert image.alt.startswith("Over budget every month since February")


def test_both_parts_say_the_same_in_the_same_order() -> None:
    body = mail_body(document(), ("a.pdf",))
    marks = [document().verdict, "$24.32M", "$1,151", "Needs attention", "a.pdf", "Data as of"]
    for text in (body.html[body.html.index("<h1") :], body.text):
        places = [text.index(mark) for mark in marks]
        assert places == sorted(places)


def test_at_most_three_findings_are_listed_and_no_breakdown() -> None:
    body = mail_body(document())
    assert body.text.count("\n- ") == 3
    assert "Engineering" not in body.html + body.text


def test_not_measured_says_why() -> None:
    assert "Employee satisfaction, Oct: Not measured. ○ No survey covers the month" in (
        mail_body(document()).text
    )


def test_a_link_gets_the_button_and_its_address_is_escaped() -> None:
    body = mail_body(document(), link="https://benefits.example/d?a=1&b=2")
    assert 'href="https://benefits.example/d?a=1&amp;b=2"' in body.html
    assert "Open the dashboard" not in mail_body(document()).html


def test_any_document_has_a_mail() -> None:
    body = mail_body(plain())
    assert body.subject == "All 120 forms are complete"
    assert "Forms: 120 forms" in body.text
    assert body.images == ()


def test_a_document_without_numbers_has_a_mail() -> None:
    body = mail_body(plain(blocks=()))
    assert "All 120 forms are complete." in body.html


def test_a_suppressed_company_sends_no_figure() -> None:
    body = mail_body(document(with_changes("month", people_covered_ytd=4)))
    assert "$24.32M" not in body.html + body.text
    assert body.images == ()


def test_the_same_document_gives_the_same_mail() -> None:
    assert mail_body(document()) == mail_body(document())
