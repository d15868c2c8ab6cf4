"""What the demo lays before a newcomer is on record: each file can be proved to be genuine."""

from __future__ import annotations

import shutil
from pathlib import Path

from cli.demo import AS_OF, write_documents
from cli.main import run as benefits
from cli.run import make_run
from cli.steps import Steps
from tests.conftest import Published
from warehouse.home import Home


def test_every_file_of_the_demo_is_a_document_of_its_home(
    published: Published, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(published.home / "published", home / "published")
    run = make_run("", AS_OF, "demo", Home(home))
    wanted = ("aca_1095c", "executive_dashboard")
    files = write_documents(run, tmp_path / "out", Steps(quiet=True), wanted)
    assert {path.suffix for path in files} == {".pdf", ".xlsx", ".csv", ".xml", ".json", ".html"}
    sample = sorted({path.suffix: path for path in files}.values())
    for path in sample:
        assert benefits(["verify", str(path), "--home", str(home)]) == 0
    sample[0].write_bytes(sample[0].read_bytes() + b" ")
    assert benefits(["verify", str(sample[0]), "--home", str(home)]) == 1
