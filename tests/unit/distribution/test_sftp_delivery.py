"""Files to a partner over real SFTP: whole, once, and only to the server with the pinned key."""

from __future__ import annotations

import hashlib
import signal
from datetime import timedelta
from pathlib import Path

import asyncssh
import pytest

from data.sample.servers import write_private
from distribution.channels import sftp
from distribution.destinations import load_destinations
from ledger.store import open_ledger
from tests.unit.distribution.conftest import SftpServer, sftp_entry
from tests.unit.distribution.stage import NOW, Stage, StageRun, child

ROSTER = {"report": "roster", "destination": "archive"}


def prepared(stage: Stage, **changes: object) -> Stage:
    stage.require(**({"delivery_method": "SFTP", "template_config": ROSTER} | changes))
    stage.publish()
    return stage


def final_names(server: SftpServer) -> list[str]:
    return [name for name in server.names() if not name.startswith(".")]


def parts(server: SftpServer) -> list[str]:
    return [name for name in server.names() if name.endswith(".part")]


def test_a_file_arrives_whole_with_its_marker(stage: Stage, sshd: SftpServer) -> None:
    prepared(stage).deliver()
    name, marker = final_names(sshd)
    assert name == "BENEFITS_ARCHIVE_roster_2025-01-31_20250203T120000Z_000001-01_T.csv"
    content = (sshd.folder / name).read_bytes()
    assert (sshd.folder / marker).read_text() == f"{hashlib.sha256(content).hexdigest()}  {name}\n"
    assert marker == f"{name}.ok"
    assert open_ledger(stage.home).outbox.rows()[0].occurrence.artifacts == (
        hashlib.sha256(content).hexdigest(),
    )
    assert parts(sshd) == []


def test_a_second_run_touches_nothing(stage: Stage, sshd: SftpServer) -> None:
    prepared(stage).deliver()
    before = {path.name: path.stat().st_mtime_ns for path in sshd.folder.iterdir()}
    assert stage.deliver().lines == ()
    assert {path.name: path.stat().st_mtime_ns for path in sshd.folder.iterdir()} == before


@pytest.mark.parametrize("die_at", ["after the rename", "before settling"])
def test_killed_after_the_rename_is_delivered_without_a_second_file(
    stage: Stage, sshd: SftpServer, die_at: str
) -> None:
    prepared(stage)
    assert child(stage.home, die_at).wait() == -signal.SIGKILL
    name = final_names(sshd)[0]
    inode = (sshd.folder / name).stat().st_ino
    report = stage.deliver()
    assert report.count("delivered") == 1
    assert final_names(sshd) == [name, f"{name}.ok"]
    assert (sshd.folder / name).stat().st_ino == inode
    attempts = open_ledger(stage.home).outbox.attempts(1)
    assert [row["outcome"] for row in attempts] == ["lost before data", "accepted"]


def test_killed_after_the_upload_leaves_no_final_name_and_is_healed(
    stage: Stage, sshd: SftpServer
) -> None:
    prepared(stage)
    assert child(stage.home, "after the upload").wait() == -signal.SIGKILL
    assert (final_names(sshd), len(parts(sshd))) == ([], 1)
    assert stage.deliver().count("delivered") == 1
    assert (len(final_names(sshd)), parts(sshd)) == (2, [])


def test_a_wrong_host_key_gets_nothing(stage: Stage, sshd: SftpServer) -> None:
    other = asyncssh.generate_private_key("ssh-ed25519").get_fingerprint()
    write_private(stage.home / "destinations.toml", sftp_entry(sshd, other))
    report = prepared(stage).deliver()
    assert [line.reason for line in report.lines] == [
        "destination archive shows a host key that is not the pinned one"
    ]
    assert (report.exit_code, sshd.names()) == (1, [])
    write_private(stage.home / "destinations.toml", sftp_entry(sshd))
    later = StageRun(now=NOW + timedelta(minutes=2))
    assert stage.deliver(later).count("delivered") == 1


def test_the_host_key_may_be_pinned_whole(stage: Stage, sshd: SftpServer, tmp_path: Path) -> None:
    key = asyncssh.read_private_key(str(tmp_path / "sshd" / "host_key"))
    pinned = key.export_public_key().decode().strip()
    write_private(stage.home / "destinations.toml", sftp_entry(sshd, pinned))
    assert prepared(stage).deliver().count("delivered") == 1


def test_a_key_the_partner_does_not_know_is_said(stage: Stage, sshd: SftpServer) -> None:
    other = asyncssh.generate_private_key("ssh-ed25519").export_private_key().decode()
    write_private(stage.home / "keys" / "client_key", other)
    report = prepared(stage).deliver()
    assert "does not accept our key" in report.lines[0].reason


def test_a_partner_that_is_away_is_tried_later(stage: Stage, sshd: SftpServer) -> None:
    assert sshd.process is not None
    sshd.process.terminate()
    sshd.process.wait()
    prepared(stage)
    stage.require(delivery_method="SFTP", template_config=ROSTER | {"parameters": {"x": 1}})
    report = stage.deliver()
    assert report.count("retry") == 1


def test_other_content_under_our_name_is_never_overwritten(stage: Stage, sshd: SftpServer) -> None:
    prepared(stage)
    name = "BENEFITS_ARCHIVE_roster_2025-01-31_20250203T120000Z_000001-01_T.csv"
    (sshd.folder / name).write_text("theirs")
    report = stage.deliver()
    assert (report.count("dead"), (sshd.folder / name).read_text()) == (1, "theirs")
    assert "other content" in report.lines[0].reason


def test_a_company_outside_the_scope_is_held(stage: Stage, sshd: SftpServer) -> None:
    report = prepared(stage, company_id="c2").deliver()
    assert [line.state for line in report.lines] == ["held"]
    assert "scope" in report.lines[0].reason
    assert sshd.names() == []


def test_our_own_server_behaves_like_the_real_one(stage: Stage, demo: SftpServer) -> None:
    partner = load_destinations(stage.home).sftp("carrier_drop")
    file = sftp.OutgoingFile("a.csv", b"x" * 700_000)
    for epoch in (1, 2):
        assert sftp.deliver(partner, [file], epoch, lambda: None).kind == "accepted"
    other = sftp.OutgoingFile("a.csv", b"y")
    assert sftp.deliver(partner, [other], 3, lambda: None).code == "conflict"
    assert demo.names() == ["a.csv", "a.csv.ok"]
