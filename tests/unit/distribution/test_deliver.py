"""One pass of distribution: what is due, what is refused or held and why, what waits."""

from __future__ import annotations

import errno
import os
import signal
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cli.main import run as benefits
from distribution.result import DeliveryReport
from ledger.store import open_ledger
from reports import registry
from reports.model import Document
from tests.unit.distribution.conftest import MailBox, SftpServer
from tests.unit.distribution.stage import CANARY, NOW, STAGE_REPORTS, Stage, StageRun, child

FORM = {"report_type": "ACA 1095", "reporting_frequency": "Annually", "delivery_method": "SFTP"}
TO_ARCHIVE = {"destination": "archive"}


def reasons(report: DeliveryReport) -> list[tuple[str, str]]:
    return [(line.state, line.reason) for line in report.lines]


@pytest.mark.parametrize(
    ("changes", "state", "reason"),
    [
        ({"report_type": "W-2"}, "held", "reports of the type W-2 are not built yet"),
        ({"report_type": "Newsletter"}, "refused", "the report type is empty or unknown"),
        ({"report_type": None}, "refused", "the report type is empty or unknown"),
        ({"template_config": '{"report": "gone"}'}, "refused", "there is no report 'gone'"),
        ({"template_config": None}, "refused", "neither or both of report and custom"),
        ({"template_config": '{"report": "headcount", "template": "../x"}'}, "refused", "template"),
        ({"template_config": "{broken"}, "refused", "template_config is not JSON"),
        ({"template_config": "[]"}, "refused", "template_config is not an object"),
        ({"data_source": '{"sql": "select 1"}'}, "refused", "data_source has an unknown key: sql"),
        ({"template_config": '{"custom": {"sql": "select 1"}}'}, "refused", ""),
        ({"report_format": "XML"}, "refused", "headcount is not made as XML"),
        ({"report_format": None}, "refused", "report format"),
        ({"delivery_method": None}, "refused", "delivery method"),
        ({"reporting_frequency": None}, "refused", "reporting frequency"),
        ({"scheduling_config": '{"cron": "61 * * * *"}'}, "refused", "minute of the cron"),
        ({"scheduling_config": '{"timezone": "Mars/Phobos"}'}, "refused", "time zone"),
        ({"recipient_roles": '"Lead"'}, "refused", "recipient_roles is not a list"),
        ({"delivery_method": "SFTP"}, "refused", "names no destination for SFTP"),
        (
            {"template_config": '{"report": "headcount", "destination": "gone"}'},
            "refused",
            "destination gone is not in destinations.toml",
        ),
        ({"auto_generate": None}, "held", "auto_generate is empty"),
        ({"is_active": None}, "held", "is_active is empty"),
        (
            {"unreadable_columns": '["scheduling_config"]'},
            "held",
            "scheduling_config was quarantined",
        ),
    ],
)
def test_a_bad_setting_is_one_clear_line_and_stops_nobody_else(
    stage: Stage, mailbox: MailBox, changes: dict[str, object], state: str, reason: str
) -> None:
    stage.require(**changes)
    stage.require(report_format="JSON")
    stage.person("ada")
    stage.publish()
    report = stage.deliver()
    bad, good = report.lines
    assert (bad.state, good.state, report.exit_code) == (state, "delivered", 1)
    assert reason in bad.reason
    assert "\n" not in bad.reason


@pytest.mark.parametrize("changes", [{"is_active": False}, {"auto_generate": False}])
def test_what_is_switched_off_is_left_alone(
    stage: Stage, mailbox: MailBox, changes: dict[str, object]
) -> None:
    stage.require(**changes)
    stage.person("ada")
    stage.publish()
    assert stage.deliver().lines == ()


def test_on_demand_is_never_due_on_its_own(stage: Stage, mailbox: MailBox) -> None:
    stage.require(reporting_frequency="On-demand")
    stage.person("ada")
    stage.publish()
    assert stage.deliver().lines == ()


def test_real_time_is_once_for_each_version_and_once_a_minute(
    stage: Stage, mailbox: MailBox
) -> None:
    stage.require(reporting_frequency="Real-time")
    stage.person("ada")
    stage.publish()
    stage.deliver()
    stage.deliver()
    stage.publish("2" * 64)
    stage.deliver(StageRun(now=NOW + timedelta(seconds=59)))
    assert len(mailbox.mails) == 1
    stage.deliver(StageRun(now=NOW + timedelta(seconds=60)))
    assert len(mailbox.mails) == 2


@pytest.mark.parametrize("method", ["Portal", "API", "Manual Download"])
def test_ways_that_are_not_open_are_made_and_held(stage: Stage, method: str) -> None:
    stage.require(delivery_method=method)
    stage.publish()
    report = stage.deliver()
    assert [line.state for line in report.lines] == ["held"]
    assert [row.report for row in open_ledger(stage.home).documents.rows()] == ["headcount"]
    assert len(stage.deliver().made) == 0


def test_a_dry_run_says_what_would_happen_and_writes_nothing(
    stage: Stage, mailbox: MailBox
) -> None:
    stage.require()
    stage.person("ada")
    stage.person("bob", "the role may not view reports")
    stage.publish()
    report = stage.deliver(dry_run=True)
    assert sorted(reasons(report)) == [
        ("held", "the role may not view reports"),
        ("would send", ""),
    ]
    ledger = open_ledger(stage.home)
    assert (ledger.outbox.rows(), ledger.documents.rows(), ledger.audit.head()[0]) == ((), (), 0)
    assert mailbox.mails == []


def test_a_refused_filing_is_kept_as_a_draft_and_made_again_when_the_data_is_whole(
    stage: Stage, sshd: SftpServer
) -> None:
    stage.require(**FORM, template_config=TO_ARCHIVE)
    stage.boxes = ["1A", None]
    stage.publish()
    report = stage.deliver()
    assert reasons(report) == [
        ("held", "aca_1095c is refused, 1 open for Compliance: benefits worklist aca_1095c")
    ]
    assert [row.status for row in open_ledger(stage.home).documents.rows()] == ["draft"]
    assert stage.states() == {}
    stage.boxes = ["1A", "1H"]
    stage.publish("2" * 64)
    assert len(stage.deliver().made) == 1
    assert [row.status for row in open_ledger(stage.home).documents.rows()] == ["draft", "final"]


def test_a_report_without_rows_is_said(stage: Stage, sshd: SftpServer) -> None:
    stage.require(**FORM, template_config=TO_ARCHIVE)
    stage.boxes = []
    stage.publish()
    assert reasons(stage.deliver()) == [("held", "aca_1095c has no rows for 2024")]


def test_a_right_lost_between_two_runs_stops_the_delivery(stage: Stage, mailbox: MailBox) -> None:
    stage.require()
    stage.person("ada")
    stage.publish()
    mailbox.refuse = {"ada@northmere.example": "451 later please"}
    stage.deliver()
    mailbox.refuse = {}
    stage.people = []
    stage.person("ada", "the role assignment has expired")
    stage.publish("2" * 64)
    stage.deliver(StageRun(now=NOW + timedelta(hours=1)))
    assert (stage.states(), mailbox.mails) == ({"ada": "held"}, [])


def test_a_requirement_switched_off_stops_what_still_waits(stage: Stage, mailbox: MailBox) -> None:
    stage.require()
    stage.person("ada")
    stage.publish()
    mailbox.refuse = {"ada@northmere.example": "451 later please"}
    stage.deliver()
    mailbox.refuse = {}
    stage.requirements[0]["is_active"] = False
    stage.publish("2" * 64)
    stage.deliver(StageRun(now=NOW + timedelta(hours=1)))
    assert (stage.states(), mailbox.mails) == ({"ada": "held"}, [])


def test_a_corrected_recipient_gets_the_pinned_document(stage: Stage, mailbox: MailBox) -> None:
    stage.require(recipient_roles=["Laed"])
    stage.person("ada")
    stage.publish()
    assert stage.deliver().count("held") == 1
    pinned = open_ledger(stage.home).occurrences.of_requirement("r1")[0].artifacts
    stage.requirements[0]["recipient_roles"] = '["Lead"]'
    stage.publish("2" * 64)
    stage.deliver()
    assert stage.states() == {"role:Laed": "held", "ada": "delivered"}
    assert open_ledger(stage.home).occurrences.of_requirement("r1")[0].artifacts == pinned


@pytest.mark.parametrize(
    ("place", "on_record", "made"),
    [
        ("after rendering", 0, 1),
        ("after the file, before its line", 0, 1),
        ("before queueing", 2, 0),
    ],
)
def test_a_document_made_before_a_kill_is_sent_once_by_the_next_run(
    stage: Stage, mailbox: MailBox, place: str, on_record: int, made: int
) -> None:
    stage.require()
    stage.person("ada")
    stage.publish()
    assert child(stage.home, place).wait(60) == -signal.SIGKILL
    assert (stage.states(), len(open_ledger(stage.home).documents.rows())) == ({}, on_record)
    assert [line.state for line in stage.deliver(dry_run=True).lines] == ["would send"]
    report = stage.deliver()
    assert (len(report.made), stage.states()) == (made, {"ada": "delivered"})
    assert len(mailbox.mails) == 1
    files = [path for path in (stage.home / "artifacts").rglob("*") if path.is_file()]
    assert len(files) == len(open_ledger(stage.home).documents.rows()) == 2
    assert open_ledger(stage.home).audit.verify() == ()


def test_a_full_disk_holds_the_report_and_leaves_nothing_behind(
    stage: Stage, mailbox: MailBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.require()
    stage.person("ada")
    stage.publish()

    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    open_ledger(stage.home)
    with monkeypatch.context() as patch:
        patch.setattr("ledger.files._write_synced", full)
        report = stage.deliver()
    assert reasons(report) == [("held", "the document cannot be stored: No space left on device")]
    assert [path for path in (stage.home / "artifacts").rglob("*") if path.is_file()] == []
    assert stage.deliver().count("delivered") == 1


def test_a_broken_report_stops_nobody_else_and_tells_no_data(
    stage: Stage, mailbox: MailBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object) -> Document:
        raise KeyError(CANARY)

    reports = (replace(STAGE_REPORTS[0], name="broken", build=broken), *STAGE_REPORTS)
    monkeypatch.setattr(registry, "REPORTS", reports)
    stage.require(template_config={"report": "broken"})
    stage.require()
    stage.person("ada")
    stage.publish()
    report = stage.deliver()
    assert [line.state for line in report.lines] == ["held", "delivered"]
    assert "broken broke with KeyError in test_deliver.py" in report.lines[0].reason
    assert CANARY not in repr(report)


def test_a_readable_file_of_destinations_stops_everything_with_one_line(stage: Stage) -> None:
    path = stage.home / "destinations.toml"
    path.write_text("")
    path.chmod(0o640)
    stage.require()
    stage.publish()
    report = stage.deliver()
    assert [line.reason for line in report.lines] == [
        "destinations.toml may be read by others: chmod 600 destinations.toml"
    ]


def test_no_personal_data_stands_in_ledger_or_report(stage: Stage, sshd: SftpServer) -> None:
    stage.require(
        delivery_method="SFTP", template_config={"report": "roster", "destination": "archive"}
    )
    stage.publish()
    report = stage.deliver()
    assert report.count("delivered") == 1
    assert CANARY not in repr(report)
    open_ledger(stage.home).close()
    for path in (stage.home / "ledger").rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes()
    assert all(CANARY not in name for name in sshd.names())


def test_commands_on_an_empty_home_are_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(tmp_path)]
    for call in (["deliver"], ["verify", "audit"], ["approve", "0" * 12, "--actor", "A"]):
        assert benefits([*call, *home]) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
