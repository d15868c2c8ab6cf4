"""What waits for a person: approvals of very bytes, attestations of law values, the commands."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from cli.main import run as benefits
from distribution import approval
from distribution.errors import Held
from distribution.result import DeliveryReport
from ledger.store import open_ledger
from tests.unit.distribution.conftest import MailBox, SftpServer
from tests.unit.distribution.stage import NOW, Stage, StageRun

FORM = {"report_type": "ACA 1095", "reporting_frequency": "Annually", "delivery_method": "SFTP"}
TO_ARCHIVE = {"destination": "archive"}


def reasons(report: DeliveryReport) -> list[tuple[str, str]]:
    return [(line.state, line.reason) for line in report.lines]


def test_a_filing_waits_for_the_approval_of_its_very_bytes(stage: Stage, sshd: SftpServer) -> None:
    stage.require(**FORM, template_config=TO_ARCHIVE)
    stage.publish()
    held = stage.deliver()
    artifact = open_ledger(stage.home).documents.rows()[0]
    assert reasons(held) == [
        ("held", f"waits for approval: benefits approve {artifact.sha256[:12]} --actor NAME")
    ]
    assert sshd.names() == []
    done = approval.approve(open_ledger(stage.home), artifact.sha256[:12], "grace", NOW)
    assert [row.state for row in done.released] == ["ready"]
    assert stage.deliver().count("delivered") == 1
    actions = [row.action for row in open_ledger(stage.home).audit.rows()]
    assert actions.index("artifact.approved") < actions.index("delivery.delivered")
    assert open_ledger(stage.home).audit.verify() == ()


def test_a_workflow_makes_any_report_wait(stage: Stage, mailbox: MailBox) -> None:
    stage.require(approval_workflow_id="w1")
    stage.person("ada")
    stage.publish()
    assert stage.deliver().count("held") == 1
    csv = next(row for row in open_ledger(stage.home).documents.rows() if row.format == "csv")
    approval.approve(open_ledger(stage.home), csv.sha256, "grace", NOW)
    assert stage.deliver().count("delivered") == 1


def test_an_approved_file_that_was_changed_does_not_leave(stage: Stage, sshd: SftpServer) -> None:
    stage.require(**FORM, template_config=TO_ARCHIVE)
    stage.publish()
    stage.deliver()
    artifact = open_ledger(stage.home).documents.rows()[0]
    approval.approve(open_ledger(stage.home), artifact.sha256, "grace", NOW)
    path = stage.home / artifact.path
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b"1A", b"1H"))
    report = stage.deliver()
    assert [line.state for line in report.lines] == ["held"]
    assert "was changed" in report.lines[0].reason
    assert sshd.names() == []


def test_a_filing_on_recalled_law_values_waits_until_somebody_answers_for_them(
    stage: Stage, sshd: SftpServer
) -> None:
    stage.require(**FORM, template_config=TO_ARCHIVE)
    stage.boxes = ["recalled"]
    stage.publish()
    held = stage.deliver()
    ledger = open_ledger(stage.home)
    sha256 = ledger.documents.rows()[0].sha256
    wanted = f"benefits attest {sha256[:12]} --actor NAME --reason TEXT"
    assert reasons(held) == [("held", f"{approval.ATTESTATION}: {wanted}")]
    with pytest.raises(Held, match="benefits attest"):
        approval.approve(ledger, sha256, "grace", NOW)
    assert ledger.documents.approvers(sha256) == ()
    approval.attest(ledger, sha256, "ada", "Read in the bulletin.", NOW, NOW.date())
    assert reasons(stage.deliver())[0][1].startswith("waits for approval")
    assert [r.state for r in approval.approve(ledger, sha256, "grace", NOW).released] == ["ready"]
    assert stage.deliver().count("delivered") == 1
    actions = [(row.action, row.actor) for row in ledger.audit.rows()]
    recorded = actions.index(("attestation.recorded", "ada"))
    assert recorded < actions.index(("artifact.approved", "grace"))


def test_an_attestation_that_ended_holds_again(stage: Stage, sshd: SftpServer) -> None:
    stage.require(**FORM, template_config=TO_ARCHIVE)
    stage.boxes = ["recalled"]
    stage.publish()
    stage.deliver()
    ledger = open_ledger(stage.home)
    sha256 = ledger.documents.rows()[0].sha256
    approval.attest(ledger, sha256, "ada", "Read in the bulletin.", NOW, NOW.date())
    approval.approve(ledger, sha256, "grace", NOW)
    later = stage.deliver(StageRun(now=NOW + timedelta(days=1)))
    assert reasons(later)[0][1].startswith(approval.ATTESTATION)
    assert sshd.names() == []


def test_attesting_takes_a_name_a_reason_and_a_document_that_asks_for_it(
    stage: Stage, sshd: SftpServer, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.require(**FORM, template_config=TO_ARCHIVE)
    stage.boxes = ["recalled"]
    stage.publish()
    stage.deliver()
    ledger = open_ledger(stage.home)
    sha256 = ledger.documents.rows()[0].sha256
    call = ["attest", sha256[:12], "--home", str(stage.home)]
    said = [*call, "--actor", "Ada", "--reason", "Read in the bulletin."]
    assert benefits([*call, "--actor", "Ada"]) == 2
    assert benefits([*call, "--actor", "Ada", "--reason", "  "]) == 2
    assert benefits([*said, "--until", "tomorrow"]) == 2
    assert ledger.decisions.standing("attestation") == ()
    assert benefits(said) == 0
    assert "benefits approve" in capsys.readouterr().out
    assert benefits(said) == 0
    assert len(ledger.decisions.standing("attestation")) == 1


def test_a_document_on_checked_law_values_asks_for_no_attestation(
    stage: Stage, sshd: SftpServer, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.require(**FORM, template_config=TO_ARCHIVE)
    stage.publish()
    stage.deliver()
    sha256 = open_ledger(stage.home).documents.rows()[0].sha256
    call = ["attest", sha256, "--home", str(stage.home), "--actor", "Ada", "--reason", "Checked."]
    assert benefits(call) == 1
    assert "nothing to attest" in capsys.readouterr().err


def test_the_commands_tell_a_person_what_to_do_next(
    stage: Stage, sshd: SftpServer, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.require(**FORM, template_config=TO_ARCHIVE)
    stage.publish()
    home = ["--home", str(stage.home)]
    assert benefits(["deliver", *home, "--json"]) == 1
    facts = json.loads(capsys.readouterr().out)
    sha256 = facts["made"][0]["artifacts"][0]
    assert benefits(["deliver", *home]) == 1
    wanted = f"benefits approve --home {stage.home} {sha256[:12]} --actor NAME"
    assert wanted in capsys.readouterr().out
    assert benefits(["approve", "0" * 12, *home, "--actor", "Grace"]) == 2
    assert "no artifact has the SHA-256" in capsys.readouterr().err
    assert benefits(["approve", sha256[:12], *home]) == 2
    assert benefits(["approve", sha256[:12], *home, "--actor", "Grace"]) == 0
    assert benefits(["deliver", *home]) == 0
    assert "sent to 1" in capsys.readouterr().out
    assert benefits(["verify", "audit", *home]) == 0
    name = next(name for name in sshd.names() if name.endswith(".csv"))
    assert benefits(["verify", str(sshd.folder / name), *home]) == 0
    (sshd.folder / name).write_text("forged")
    assert benefits(["verify", str(sshd.folder / name), *home]) == 1
    assert "no document of this home" in capsys.readouterr().out


def test_a_person_settles_what_is_not_known(
    stage: Stage, mailbox: MailBox, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.require()
    stage.person("ada")
    stage.publish()
    mailbox.on_data = lambda: "no clear answer"
    line = stage.deliver().lines[0]
    home = ["--home", str(stage.home)]
    settle = ["deliver", *home, "--settle", line.key[:12], "--as"]
    assert benefits([*settle, "delivered"]) == 2
    assert benefits([*settle, "sent", "--actor", "Grace"]) == 2
    assert benefits([*settle, "delivered", "--actor", "Grace"]) == 0
    assert (stage.states(), len(mailbox.mails)) == ({"ada": "delivered"}, 1)
    assert benefits([*settle, "ready", "--actor", "Grace"]) == 2
