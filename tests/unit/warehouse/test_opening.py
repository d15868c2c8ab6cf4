"""When a home is encrypted, when it is refused, and what is said of a plain one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cli.main import run as benefits
from expectations.contract import Contract
from ledger.errors import KeyRefused
from ledger.keys import KEY_FILE, make_key_file
from ledger.store import open_ledger
from tests.unit.warehouse.conftest import COMPANY, no_judge
from warehouse.database_file import DatabaseFile
from warehouse.errors import CallError
from warehouse.gate.certificate import write_certificate
from warehouse.home import Home
from warehouse.landing.ingest import ingest
from warehouse.landing.plain import require_encryption
from warehouse.opening import begin_home, open_home, private_home
from warehouse.settings import Run


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a key file that the environment names."""
    make_key_file(tmp_path / "key")
    monkeypatch.setenv(KEY_FILE, str(tmp_path / "key"))
    return tmp_path / "key"


def run_over(source: Path, home: Home, *, unencrypted: bool = False) -> Run:
    moment = datetime(2025, 7, 1, tzinfo=UTC)
    return Run(date(2025, 6, 30), moment, "Ada", home, str(source), (), unencrypted=unencrypted)


def said_of_companies(source: Path, *cells: str) -> Path:
    """Write companies that say this of being test data."""
    head = "id,legal_name,ein,is_test_data,is_active\n"
    rows = (f"{COMPANY[:-1]}{n},C{n},00-123456{n},{cell},true\n" for n, cell in enumerate(cells))
    (source / "company.csv").write_text(head + "".join(rows))
    return source


def test_a_home_begun_with_a_key_opens_with_it_alone(
    tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "home"
    home = begin_home(root)
    assert home.keys.is_on
    assert open_home(root).keys.find("home") == begin_home(root).keys.find("home")
    monkeypatch.delenv(KEY_FILE)
    with pytest.raises(KeyRefused, match=f"set {KEY_FILE}"):
        open_home(root)
    make_key_file(tmp_path / "other")
    monkeypatch.setenv(KEY_FILE, str(tmp_path / "other"))
    with pytest.raises(KeyRefused, match="does not hold the key of this home"):
        open_home(root)


def test_a_home_is_encrypted_from_its_first_run_or_never(tmp_path: Path, key: Path) -> None:
    Home(tmp_path / "plain").prepare()
    Home(tmp_path / "plain").landing.open().close()
    with pytest.raises(CallError, match="made without encryption"):
        begin_home(tmp_path / "plain")
    assert not begin_home(tmp_path / "plain", unencrypted=True).keys.is_on
    assert not open_home(tmp_path / "plain").keys.is_on
    open_ledger(tmp_path / "home")
    assert begin_home(tmp_path / "home").keys.is_on
    with pytest.raises(CallError, match="stays so"):
        begin_home(tmp_path / "home", unencrypted=True)


def test_a_plain_home_is_told_what_to_do_in_one_line(
    tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, empty = tmp_path / "plain", tmp_path / "empty"
    Home(home).prepare()
    Home(home).landing.open().close()
    make_key_file(tmp_path / "next")
    assert benefits(["key", "status", "--home", str(home)]) == 1
    said = capsys.readouterr().out
    rotate = ["key", "rotate", str(tmp_path / "next"), "--actor", "Ada", "--home", str(home)]
    assert benefits(rotate) == 2
    for line in (said, capsys.readouterr().err):
        assert line.count("\n") == 1
        assert "copy source.toml and destinations.toml into a new --home" in line
    assert benefits(["key", "status", "--home", str(empty)]) == 1
    assert "nothing has landed here" in capsys.readouterr().out


def test_a_private_homes_key_is_nowhere(tmp_path: Path) -> None:
    home = private_home(tmp_path / "home")
    assert home.keys.is_on
    with pytest.raises(KeyRefused):
        open_home(tmp_path / "home")


@pytest.mark.parametrize(
    ("cells", "is_admitted"),
    [
        (("true",), True),
        (("true", "t", "1"), True),
        (("false",), False),
        (("",), False),
        (("true", "false"), False),
        (("true", ""), False),
        ((), False),
    ],
)
def test_only_test_data_starts_without_a_key(
    tmp_path: Path, source: Path, cells: tuple[str, ...], is_admitted: bool
) -> None:
    run = run_over(said_of_companies(source, *cells), Home(tmp_path / "home"))
    if is_admitted:
        require_encryption(run)
    else:
        with pytest.raises(CallError, match=r"home\.no_key.*--unencrypted"):
            require_encryption(run)
    assert not (tmp_path / "home").exists()


def test_a_file_found_to_be_test_data_is_not_read_again_and_another_one_is(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    run = run_over(said_of_companies(source, "true"), home)
    require_encryption(run)
    with monkeypatch.context() as nobody_reads:
        nobody_reads.setattr("warehouse.sources.files._child", lambda jobs: pytest.fail(str(jobs)))
        require_encryption(run)
    said_of_companies(source, "false")
    for _ in range(2):
        with pytest.raises(CallError, match=r"home\.no_key"):
            require_encryption(run)


def test_a_source_without_companies_is_not_known_to_be_test_data(
    tmp_path: Path, source: Path
) -> None:
    (source / "company.csv").unlink()
    with pytest.raises(CallError, match=r"home\.no_key"):
        require_encryption(run_over(source, Home(tmp_path / "home")))


def test_a_run_without_a_key_ends_with_one_line_and_lands_nothing(
    tmp_path: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said_of_companies(source, "false")
    home = tmp_path / "home"
    assert benefits(["run", "--source", str(source), "--home", str(home), "--no-deliver"]) == 2
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert "unencrypted [home.no_key]; set BENEFITS_KEY_FILE" in line
    assert not home.exists()


@pytest.mark.parametrize("mode", [0o644, 0o660])
def test_a_key_file_others_can_read_ends_the_run_with_exit_code_2(
    tmp_path: Path, source: Path, key: Path, mode: int, capsys: pytest.CaptureFixture[str]
) -> None:
    key.chmod(mode)
    assert benefits(["run", "--source", str(source), "--home", str(tmp_path / "home")]) == 2
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert f"mode {mode:04o}" in line
    assert key.read_text().strip() not in line
    assert not (tmp_path / "home").exists()


def test_a_plain_home_a_person_asked_for_is_audited_and_a_finding_of_every_company(
    tmp_path: Path, source: Path, contracts: dict[str, Contract]
) -> None:
    from dagster_project.assets.landing import admit
    from dagster_project.session import Session
    from warehouse.build import Project

    home = Home(tmp_path / "home")
    run = run_over(said_of_companies(source, "false", "false"), home, unencrypted=True)
    home.prepare()
    session = Session(run, Project(), contracts=contracts)
    admit(session)
    [line] = [row for row in session.ledger.audit.rows() if row.action == "home.unencrypted"]
    assert line.actor == "Ada"
    ingest(run, contracts, no_judge)
    target = DatabaseFile(tmp_path / "snapshot.duckdb")
    write_certificate(target, home.landing, contracts)
    with target.open(read_only=True) as connection:
        open_checks = connection.execute(
            "select company_id, severity, trim(check_name) from quality.check_result order by 1"
        ).fetchall()
        grades = connection.execute("select grade from quality.certificate").fetchall()
    assert [check[1:] for check in open_checks] == [(3, "home.unencrypted")] * 2
    assert len({check[0] for check in open_checks}) == 2
    assert grades == [("D",), ("D",)]


def test_test_data_in_a_plain_home_is_no_finding(
    tmp_path: Path, source: Path, contracts: dict[str, Contract]
) -> None:
    home = Home(tmp_path / "home")
    ingest(run_over(source, home), contracts, no_judge)
    with home.landing.open(read_only=True) as connection:
        found = connection.execute("select reason_code from landing.finding").fetchall()
    assert ("home.unencrypted",) not in found


def test_keys_are_made_shown_and_rotated_by_command(
    tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home, fresh = ["--home", str(tmp_path / "home")], str(tmp_path / "fresh")
    begin_home(tmp_path / "home").keys.ensure("landing")
    before = begin_home(tmp_path / "home").keys.find("landing")
    assert benefits(["key", "status", *home]) == 0
    assert benefits(["key", "new", fresh]) == 0
    assert "cannot be read, by anybody, ever" in capsys.readouterr().out
    assert benefits(["key", "new", fresh]) == 2
    assert benefits(["key", "rotate", fresh, *home]) == 2
    assert benefits(["key", "rotate", fresh, "--actor", "Ada", *home]) == 0
    capsys.readouterr()
    assert benefits(["key", "status", *home]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    monkeypatch.setenv(KEY_FILE, fresh)
    assert benefits(["key", "status", *home]) == 0
    assert open_home(tmp_path / "home").keys.find("landing") == before
    ledger = open_ledger(tmp_path / "home")
    assert [row.actor for row in ledger.audit.rows() if row.action == "key.rotated"] == ["Ada"]
    assert Path(fresh).read_text().strip() not in capsys.readouterr().out
    assert Path(fresh).stat().st_mode & 0o777 == 0o600
