"""Mail against a real server with STARTTLS: what arrives, what is refused, what stays in doubt."""

from __future__ import annotations

import os
import signal
import ssl
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from data.sample.certificates import write_certificates
from data.sample.servers import free_port, write_private
from ledger.store import open_ledger
from tests.unit.distribution.conftest import MailBox
from tests.unit.distribution.stage import CANARY, NOW, Stage, StageRun, child


def sent(report_lines: object) -> list[str]:
    return [line.state for line in report_lines]  # type: ignore[attr-defined]


def test_a_mail_carries_numbers_a_chart_and_the_document(stage: Stage, mailbox: MailBox) -> None:
    stage.require()
    stage.person("ada")
    stage.publish()
    report = stage.deliver()
    assert (report.count("delivered"), report.exit_code) == (1, 0)
    address, content = mailbox.mails[0]
    mail = message_from_bytes(content, policy=policy.default)
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    plain = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert (address, mail["To"]) == ("ada@northmere.example", "ada@northmere.example")
    assert mail["Subject"] == "3 people are covered"
    assert "People: 3 people" in plain
    assert 'alt="Three people in January"' in html
    assert "cid:chart" in html
    types = [part.get_content_type() for part in mail.walk()]
    assert types.count("image/png") == 1
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names == ["headcount-c1-2025-01.csv"]
    assert mail["Message-ID"].endswith("@northmere.example>")


def test_a_second_run_sends_nothing(stage: Stage, mailbox: MailBox) -> None:
    stage.require()
    stage.person("ada")
    stage.publish()
    stage.deliver()
    again = stage.deliver()
    assert (again.lines, again.made, len(mailbox.mails)) == ((), (), 1)


def test_a_new_data_version_sends_the_same_month_not_again(stage: Stage, mailbox: MailBox) -> None:
    stage.require()
    stage.person("ada")
    stage.publish()
    stage.deliver()
    stage.publish("2" * 64)
    assert stage.deliver().made == ()
    assert len(mailbox.mails) == 1


def test_one_bad_recipient_stops_nobody_else(stage: Stage, mailbox: MailBox) -> None:
    stage.require()
    for user in ("ada", "bob", "cyd"):
        stage.person(user)
    stage.publish()
    mailbox.refuse = {"bob@northmere.example": "550 no such user"}
    report = stage.deliver()
    assert stage.states() == {"ada": "delivered", "bob": "dead", "cyd": "delivered"}
    assert report.exit_code == 1
    assert sorted(address for address, _ in mailbox.mails) == [
        "ada@northmere.example",
        "cyd@northmere.example",
    ]


def test_a_recipient_refused_for_now_is_tried_later(stage: Stage, mailbox: MailBox) -> None:
    stage.require()
    stage.person("ada")
    stage.publish()
    mailbox.refuse = {"ada@northmere.example": "451 later please"}
    stage.deliver()
    mailbox.refuse = {}
    assert stage.deliver().count("retry") == 1
    assert stage.deliver(StageRun(now=NOW + timedelta(minutes=2))).count("delivered") == 1


def test_what_fails_for_days_is_given_up(stage: Stage, mailbox: MailBox) -> None:
    stage.require()
    stage.person("ada")
    stage.publish()
    mailbox.refuse = {"ada@northmere.example": "451 later please"}
    stage.deliver()
    stage.deliver(StageRun(now=NOW + timedelta(days=6)))
    assert stage.states() == {"ada": "dead"}


def test_a_message_refused_after_data_is_no_delivery(stage: Stage, mailbox: MailBox) -> None:
    stage.require()
    stage.person("ada")
    stage.publish()
    mailbox.on_data = lambda: "554 not wanted"
    stage.deliver()
    assert stage.states() == {"ada": "dead"}


def test_killed_after_data_is_unknown_and_never_resent_silently(
    stage: Stage, mailbox: MailBox
) -> None:
    stage.require()
    stage.person("ada")
    stage.publish()
    process = child(stage.home)

    def kill() -> str:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        return "250 accepted"

    mailbox.on_data = kill
    assert process.wait() == -signal.SIGKILL
    mailbox.on_data = lambda: "250 accepted"
    for _ in range(2):
        report = stage.deliver(StageRun(now=NOW + timedelta(days=1)))
        assert report.count("unknown") == 1
        assert report.exit_code == 1
    assert len(mailbox.mails) == 1


def test_killed_before_the_end_of_data_is_sent_by_the_next_run(
    stage: Stage, mailbox: MailBox
) -> None:
    stage.require()
    stage.person("ada")
    stage.publish()
    assert child(stage.home, "before the final dot").wait() == -signal.SIGKILL
    assert mailbox.mails == []
    stage.deliver()
    assert stage.states() == {"ada": "delivered"}
    assert len(mailbox.mails) == 1


def test_a_lost_answer_after_data_is_unknown(stage: Stage, mailbox: MailBox) -> None:
    stage.require()
    stage.person("ada")
    stage.publish()
    mailbox.on_data = lambda: "not an answer"
    stage.deliver()
    assert stage.states() == {"ada": "unknown"}


def test_an_untrusted_certificate_stops_before_any_content(stage: Stage, mailbox: MailBox) -> None:
    stage.require()
    stage.person("ada")
    stage.publish()
    write_certificates(stage.home / "keys", "127.0.0.1", NOW.replace(year=2026))
    report = stage.deliver()
    assert report.count("retry") == 1
    assert "not trusted" in report.lines[0].reason
    assert mailbox.mails == []


def test_a_server_without_starttls_gets_nothing(stage: Stage) -> None:
    box, port = MailBox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    text = f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsender = "reports@northmere.example"\n'
    write_private(stage.home / "destinations.toml", text)
    stage.require()
    stage.person("ada")
    stage.publish()
    report = stage.deliver()
    controller.stop()
    assert "STARTTLS" in report.lines[0].reason
    assert box.mails == []


def test_a_wrong_password_is_said_without_the_password(stage: Stage, mailbox: MailBox) -> None:
    path = stage.home / "destinations.toml"
    write_private(path, path.read_text().replace("canary-7Q", "canary-8Q"))
    stage.require()
    stage.person("ada")
    stage.publish()
    report = stage.deliver()
    assert "user name and password" in report.lines[0].reason
    assert "canary" not in repr(report)


def test_personal_columns_never_leave_by_mail(stage: Stage, mailbox: MailBox) -> None:
    stage.require(template_config={"report": "roster"})
    stage.person("ada")
    stage.publish()
    report = stage.deliver()
    assert [(line.state, line.reason) for line in report.lines] == [
        ("held", "mail carries aggregates only, and roster holds pii data")
    ]
    assert mailbox.mails == []
    ledger = open_ledger(stage.home)
    assert ledger.documents.rows() == ()
    for path in stage.home.rglob("*"):
        if path.is_file() and path.suffix != ".duckdb":
            assert CANARY.encode() not in path.read_bytes(), path.name


def test_the_same_mail_has_the_same_bytes_at_every_try(stage: Stage, mailbox: MailBox) -> None:
    stage.require()
    stage.person("ada")
    stage.publish()
    mailbox.on_data = lambda: "451 later please"
    stage.deliver()
    mailbox.on_data = lambda: "250 accepted"
    stage.deliver(StageRun(now=NOW + timedelta(hours=1)))
    assert mailbox.mails[0] == mailbox.mails[1]


def test_tls_is_verified_by_default() -> None:
    assert ssl.create_default_context().verify_mode is ssl.CERT_REQUIRED


@pytest.mark.parametrize("reason", ["the user is not active", "the role may not view reports"])
def test_who_may_not_receive_is_held_with_the_reason(
    stage: Stage, mailbox: MailBox, reason: str
) -> None:
    stage.require()
    stage.person("ada")
    stage.person("bob", reason)
    stage.publish()
    report = stage.deliver()
    assert stage.states() == {"ada": "delivered", "bob": "held"}
    assert [line.reason for line in report.lines if line.state == "held"] == [reason]
