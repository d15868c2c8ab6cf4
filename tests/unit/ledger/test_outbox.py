"""The outbox as a machine: legal moves only, one owner at a time, no doubt turned into a fact."""

from __future__ import annotations

import multiprocessing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ledger import states
from ledger.errors import IllegalTransition, LeaseLost
from ledger.leases import Worker, boot_id, living_worker
from ledger.rows import Claim, DeliveryRow, NewDelivery, OccurrenceKey, OccurrenceRow, Settlement
from ledger.store import Ledger, open_ledger

NOW = datetime(2025, 2, 3, 7, 0, tzinfo=UTC)
AMBIGUOUS = frozenset({"email"})


def occurrence(ledger: Ledger, key: str = "2025-01") -> OccurrenceRow:
    wanted = OccurrenceKey("r1", key, "c1", "census", key)
    return ledger.occurrences.open(wanted, needs_approval=False, actor="ada", at=NOW)


def queued(ledger: Ledger, recipient: str = "u1", channel: str = "email") -> DeliveryRow:
    row = occurrence(ledger)
    wanted = NewDelivery(row.occurrence_id, recipient, channel, "smtp", "ready", "")
    return ledger.outbox.enqueue(row, wanted, actor="ada", at=NOW)


def claimed(ledger: Ledger, worker: Worker, seconds: float = 60) -> Claim:
    claim = ledger.outbox.claim(worker, lease_seconds=seconds, at=NOW)
    assert claim is not None
    return claim


def state_of(ledger: Ledger) -> str:
    return ledger.outbox.rows()[0].state


def claim_all(home: str, results: Any) -> None:
    ledger, found = open_ledger(Path(home)), []
    with living_worker(ledger.home) as worker:
        while claim := ledger.outbox.claim(worker, lease_seconds=60, at=NOW):
            found.append(claim.delivery.delivery_id)
            done = Settlement("delivered", "accepted")
            ledger.outbox.settle(claim, done, actor="w", at=NOW)
    results.put(found)


def test_a_due_date_is_opened_once_and_its_documents_stay(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    first = occurrence(ledger)
    ledger.occurrences.pin(first, ["aa"], "v1", actor="ada", at=NOW)
    again = ledger.occurrences.pin(occurrence(ledger), ["bb"], "v2", actor="ada", at=NOW)
    assert (again.artifacts, again.data_version) == (("aa",), "v1")
    assert ledger.occurrences.hold(again, "late", actor="ada", at=NOW).state == "produced"


def test_the_same_thing_to_the_same_reader_is_one_row(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    assert queued(ledger).dedupe_key == queued(ledger).dedupe_key
    queued(ledger, channel="sftp")
    queued(ledger, recipient="u2")
    assert len(ledger.outbox.rows()) == 3


def test_two_processes_never_send_the_same_row(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    for number in range(20):
        queued(ledger, f"u{number:02d}")
    ledger.close()
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    workers = [context.Process(target=claim_all, args=(str(tmp_path), results)) for _ in range(2)]
    for worker in workers:
        worker.start()
    found = [results.get() for _ in workers]
    for worker in workers:
        worker.join()
    assert sorted(found[0] + found[1]) == [row.delivery_id for row in ledger.outbox.rows()]
    assert {row.attempts for row in ledger.outbox.rows()} == {1}
    assert ledger.audit.verify() == ()


def test_a_worker_that_slept_through_its_lease_can_do_nothing(tmp_path: Path) -> None:
    ledger, now = open_ledger(tmp_path), [100.0]
    queued(ledger)
    with living_worker(tmp_path, lambda: now[0]) as slow:
        old = claimed(ledger, slow)
        now[0] += 61
        with pytest.raises(LeaseLost):
            ledger.outbox.begin_transmission(old, slow)
        ledger.outbox.recover(AMBIGUOUS, actor="x", at=NOW, clock=lambda: now[0])
        new = claimed(ledger, slow)
        with pytest.raises(LeaseLost):
            ledger.outbox.settle(old, Settlement("delivered", "accepted"), actor="x", at=NOW)
        ledger.outbox.settle(new, Settlement("delivered", "accepted"), actor="x", at=NOW)
    assert state_of(ledger) == "delivered"


@pytest.mark.parametrize(
    ("channel", "has_begun", "state"),
    [
        ("email", False, "retry"),
        ("email", True, "unknown"),
        ("sftp", False, "retry"),
        ("sftp", True, "retry"),
    ],
)
def test_a_dead_worker_leaves_doubt_only_where_nobody_can_ask(
    tmp_path: Path, channel: str, has_begun: bool, state: str
) -> None:
    ledger = open_ledger(tmp_path)
    queued(ledger, channel=channel)
    with living_worker(tmp_path) as worker:
        claim = claimed(ledger, worker)
        if has_begun:
            ledger.outbox.begin_transmission(claim, worker)
        assert ledger.outbox.recover(AMBIGUOUS, actor="x", at=NOW) == ()
    ledger.outbox.recover(AMBIGUOUS, actor="x", at=NOW)
    assert state_of(ledger) == state


def test_a_lease_of_another_boot_is_over(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    queued(ledger)
    with living_worker(tmp_path) as worker:
        claimed(ledger, Worker(worker.worker_id, "an earlier boot", worker.clock))
        assert boot_id() != "an earlier boot"
        assert len(ledger.outbox.recover(AMBIGUOUS, actor="x", at=NOW)) == 1


def test_a_retry_waits_for_its_time(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    queued(ledger)
    with living_worker(tmp_path) as worker:
        later = Settlement("retry", "later", next_at=NOW + timedelta(minutes=5))
        ledger.outbox.settle(claimed(ledger, worker), later, actor="x", at=NOW)
        assert ledger.outbox.claim(worker, lease_seconds=60, at=NOW) is None
        assert ledger.outbox.claim(worker, lease_seconds=60, at=NOW + timedelta(minutes=5))


def test_only_a_person_settles_what_is_not_known(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    row = queued(ledger)
    with living_worker(tmp_path) as worker:
        doubt = Settlement("unknown", "unknown")
        ledger.outbox.settle(claimed(ledger, worker), doubt, actor="x", at=NOW)
        assert ledger.outbox.claim(worker, lease_seconds=60, at=NOW) is None
    with pytest.raises(IllegalTransition):
        ledger.outbox.move(row.delivery_id, "ready", "", actor="machine", at=NOW)
    ledger.outbox.move(row.delivery_id, "ready", "asked", actor="ada", at=NOW, by_person=True)
    assert state_of(ledger) == "ready"


class OutboxMachine(RuleBasedStateMachine):
    """Random histories of one delivery against the table of legal moves."""

    home: Path

    def __init__(self) -> None:
        super().__init__()
        self.ledger = open_ledger(self.home)
        key = f"case-{len(self.ledger.outbox.rows())}"
        row = occurrence(self.ledger, key)
        wanted = NewDelivery(row.occurrence_id, "u1", "email", "smtp", "held", "waits")
        self.row = self.ledger.outbox.enqueue(row, wanted, actor="ada", at=NOW)
        self.seen: list[str] = ["held"]
        self.claim: Claim | None = None

    def current(self) -> DeliveryRow:
        return next(
            row for row in self.ledger.outbox.rows() if row.delivery_id == self.row.delivery_id
        )

    @rule(after=st.sampled_from(states.STATES), by_person=st.booleans())
    def move(self, after: states.State, by_person: bool) -> None:
        before = self.current().state
        legal = after == before or after in states.TRANSITIONS[before]
        reserved = (before, after) in states.BY_A_PERSON_ONLY and not by_person
        try:
            self.ledger.outbox.move(
                self.row.delivery_id, after, "said", actor="p", at=NOW, by_person=by_person
            )
        except IllegalTransition:
            assert not legal or reserved
        else:
            assert legal
            assert not reserved
            self.seen.append(after)

    @precondition(lambda self: self.current().state in {"ready", "retry"})
    @rule()
    def take(self) -> None:
        worker = Worker("nobody", boot_id(), lambda: 0.0)
        self.claim = self.ledger.outbox.claim(worker, lease_seconds=60, at=NOW)
        assert self.claim is not None
        self.seen.append("sending")

    @precondition(lambda self: self.claim is not None)
    @rule(after=st.sampled_from(states.STATES))
    def settle(self, after: states.State) -> None:
        assert self.claim is not None
        mine = self.current().state == "sending" and self.current().epoch == self.claim.epoch
        try:
            self.ledger.outbox.settle(self.claim, Settlement(after, "tested"), actor="p", at=NOW)
        except (LeaseLost, IllegalTransition):
            assert not mine or after not in states.TRANSITIONS["sending"]
        else:
            assert mine
            self.seen.append(after)

    @invariant()
    def every_step_was_legal_and_the_end_is_the_end(self) -> None:
        steps = [pair for pair in zip(self.seen, self.seen[1:], strict=False) if pair[0] != pair[1]]
        for before, after in steps:
            assert after in states.TRANSITIONS[before]  # type: ignore[index]
        assert self.current().state == self.seen[-1]

    def teardown(self) -> None:
        state = self.current().state
        if state in {"ready", "retry", "held"}:
            self.ledger.outbox.move(
                self.row.delivery_id, "dead", "end of the case", actor="p", at=NOW
            )


def test_random_histories_keep_to_the_table(tmp_path: Path) -> None:
    machine = type("Machine", (OutboxMachine,), {"home": tmp_path})
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=15, stateful_step_count=10, deadline=None, database=None),
    )
    assert open_ledger(tmp_path).audit.verify() == ()
