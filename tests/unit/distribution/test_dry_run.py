"""What a dry run foresees is what the next pass does, line by line, whatever the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from cli.main import run as benefits
from cli.steps import WIDTH
from distribution.deliver import could_leave
from distribution.result import Line
from ledger.store import open_ledger
from reports.snapshot import open_snapshot
from tests.unit.distribution.conftest import MailBox, SftpServer
from tests.unit.distribution.stage import AS_OF, NOW, Stage, StageRun

FORM = {
    "report_type": "ACA 1095",
    "reporting_frequency": "Annually",
    "delivery_method": "SFTP",
    "template_config": {"destination": "archive"},
}
LATER = StageRun(now=NOW + timedelta(seconds=1))


def filing(*boxes: str | None) -> Callable[[Stage], None]:
    """Return a stage's setting: one filing with such boxes."""

    def prepare(stage: Stage) -> None:
        stage.require(**FORM)
        stage.boxes = list(boxes)

    return prepare


def people(stage: Stage) -> None:
    stage.require()
    stage.person("ada")
    stage.person("bob", "the role may not view reports")


def personal(stage: Stage) -> None:
    stage.require(report_name="Roster", template_config={"report": "roster"})
    stage.person("ada")


def closed(stage: Stage) -> None:
    stage.require(delivery_method="Portal")


def workflow(stage: Stage) -> None:
    stage.require(approval_workflow_id="w1")
    stage.person("ada")


CASES: dict[str, Callable[[Stage], None]] = {
    "a refused filing": filing("1A", None),
    "a filing without rows": filing(),
    "a filing of nothing due": filing("none"),
    "a whole filing": filing("1A"),
    "a filing on recalled law": filing("recalled"),
    "people with and without the right": people,
    "personal data by mail": personal,
    "a way that is not open": closed,
    "a report with a workflow": workflow,
}


def plain(line: Line) -> tuple[str, ...]:
    """Return a line without what only exists once the document does."""
    state = {"would send": "delivered"}.get(line.state, line.state)
    reason = line.reason.split(" once it is made")[0].split(": benefits a")[0]
    return state, line.report, line.occurrence, line.recipient, reason


@pytest.mark.parametrize("case", CASES)
def test_a_dry_run_says_what_the_pass_then_does_and_so_again(
    stage: Stage, mailbox: MailBox, sshd: SftpServer, case: str
) -> None:
    CASES[case](stage)
    stage.publish()
    for run in (StageRun(), LATER):
        with open_snapshot(stage.home) as snapshot:
            leaves = could_leave(stage.home, open_ledger(stage.home), snapshot, run)
        foreseen = stage.deliver(run, dry_run=True)
        done = stage.deliver(run)
        assert sorted(map(plain, foreseen.lines)) == sorted(map(plain, done.lines))
        assert foreseen.exit_code == done.exit_code
        assert leaves == bool(foreseen.count("would send")) == bool(done.count("delivered"))


def test_what_nobody_must_file_is_kept_and_not_sent(stage: Stage, sshd: SftpServer) -> None:
    filing("none")(stage)
    stage.publish()
    report = stage.deliver()
    assert [(line.state, line.reason) for line in report.lines] == [
        ("held", "aca_1095c is not sent: no form due")
    ]
    assert sshd.names() == []
    assert [row.status for row in open_ledger(stage.home).documents.rows()] == ["final"]


def test_a_try_that_is_not_due_yet_is_foreseen_as_waiting(stage: Stage, mailbox: MailBox) -> None:
    people(stage)
    stage.publish()
    mailbox.refuse = {"ada@northmere.example": "451 later please"}
    stage.deliver()
    states = [line.state for line in stage.deliver(LATER, dry_run=True).lines]
    assert sorted(states) == ["held", "retry"]
    hour = StageRun(now=NOW + timedelta(hours=1))
    assert stage.deliver(hour, dry_run=True).count("would send") == 1


def test_what_was_switched_off_or_moved_is_foreseen_as_held(stage: Stage, mailbox: MailBox) -> None:
    people(stage)
    stage.publish()
    mailbox.refuse = {"ada@northmere.example": "451 later please"}
    stage.deliver()
    stage.requirements[0]["is_active"] = False
    stage.publish("2" * 64)
    hour = StageRun(now=NOW + timedelta(hours=1))
    foreseen = stage.deliver(hour, dry_run=True)
    assert {line.reason for line in foreseen.lines} == {
        "the requirement is switched off, held or gone"
    }
    assert sorted(map(plain, foreseen.lines)) == sorted(map(plain, stage.deliver(hour).lines))


def test_a_delivery_whose_destination_was_changed_does_not_go_to_the_old_one(
    stage: Stage, sshd: SftpServer, mailbox: MailBox
) -> None:
    people(stage)
    stage.publish()
    mailbox.refuse = {"ada@northmere.example": "451 later please"}
    stage.deliver()
    mailbox.refuse = {}
    stage.requirements[0] |= {
        "delivery_method": "SFTP",
        "template_config": '{"report": "headcount", "destination": "archive"}',
    }
    stage.publish("2" * 64)
    stage.deliver(StageRun(now=NOW + timedelta(hours=1)))
    assert mailbox.mails == []
    assert sorted(Path(name).suffix for name in sshd.names()) == [".csv", ".ok"]
    assert stage.states() == {"ada": "held", "bob": "held", "partner:archive": "delivered"}


def test_a_file_others_may_read_is_one_line_with_a_subject(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    path = stage.home / "destinations.toml"
    path.write_text("")
    path.chmod(0o644)
    stage.require()
    stage.publish()
    for flag in ([], ["--dry-run"]):
        assert benefits(["deliver", "--home", str(stage.home), *flag]) == 1
        shown = capsys.readouterr().out
        assert "1 held" in shown
        assert "✗ every delivery is refused: destinations.toml may be read by others" in shown
        assert "()" not in shown


def test_the_command_to_type_next_names_the_home(
    stage: Stage,
    sshd: SftpServer,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("BENEFITS_HOME", raising=False)
    filing("1A", None)(stage)
    stage.publish()
    assert benefits(["deliver", "--home", str(stage.home)]) == 1
    assert f"benefits worklist --home {stage.home} aca_1095c" in capsys.readouterr().out
    assert benefits(["deliver", "--home", str(stage.home.parent / "empty")]) == 2
    assert f"benefits run --home {stage.home.parent / 'empty'} first" in capsys.readouterr().err
    monkeypatch.setenv("BENEFITS_HOME", str(stage.home))
    assert benefits(["deliver"]) == 1
    assert "  benefits worklist aca_1095c\n" in capsys.readouterr().out


def test_the_table_says_in_which_format_and_how_many_rows(
    stage: Stage, sshd: SftpServer, capsys: pytest.CaptureFixture[str]
) -> None:
    filing("1A", "1H")(stage)
    stage.publish()
    assert benefits(["deliver", "--home", str(stage.home)]) == 1
    shown = capsys.readouterr().out.splitlines()
    at = next(n for n, line in enumerate(shown) if line.startswith("  Report"))
    assert shown[at].split() == ["Report", "For", "Company", "Formats", "Rows", "State"]
    assert shown[at + 1].split()[-4:] == ["csv", "2", "held:", "approval"]
    assert max(map(len, shown[at : at + 2])) <= WIDTH


def test_a_sensor_asks_for_the_business_date_of_what_is_published(stage: Stage) -> None:
    from dagster_project.session import Session
    from warehouse.build import Project
    from warehouse.home import Home
    from warehouse.settings import Run

    stage.require(delivery_method="Portal")
    stage.publish()
    stale = Run(AS_OF - timedelta(days=400), NOW - timedelta(days=400), "dagster", Home(stage.home))
    fresh = Run(NOW.date(), NOW, "dagster", Home(Path(stage.home)))
    session = Session(stale, Project(), fresh=lambda: fresh)
    assert not session.could_leave()
    report = session.deliver_due()
    assert [line.occurrence for line in report.lines] == ["2025-01"]


def test_a_due_date_made_for_files_is_not_mailed_without_a_mail(
    stage: Stage, sshd: SftpServer, mailbox: MailBox
) -> None:
    people(stage)
    by_mail = stage.requirements[0].copy()
    own = '{"report": "headcount", "destination": "archive"}'
    stage.requirements[0] |= {"delivery_method": "SFTP", "template_config": own}
    stage.publish()
    assert sshd.process is not None
    sshd.process.terminate()
    sshd.process.wait()
    stage.deliver()
    stage.requirements[0] = by_mail
    stage.publish("2" * 64)
    report = stage.deliver(StageRun(now=NOW + timedelta(hours=1)))
    assert mailbox.mails == []
    assert [line.reason for line in report.lines if line.recipient.startswith("a…")] == [
        "the documents of this due date were made without a mail, for another channel"
    ]
