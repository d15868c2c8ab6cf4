"""What may leave for a company depends on what the source says about the company itself."""

from __future__ import annotations

import pytest

from tests.unit.distribution.conftest import MailBox
from tests.unit.distribution.stage import Stage


@pytest.mark.parametrize(
    ("active", "reason"),
    [(False, "the company is not active"), (None, "company.is_active is empty in the source")],
)
def test_only_a_company_known_to_be_active_gets_mail(
    stage: Stage, mailbox: MailBox, active: bool | None, reason: str
) -> None:
    stage.active = active
    stage.require()
    stage.person("ada")
    stage.publish()
    (line,) = stage.deliver().lines
    assert line.state == "held"
    assert reason in line.reason
    assert mailbox.mails == []
