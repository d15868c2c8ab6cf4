"""Runs the asset graph in this process: the one path of `benefits run`, `report --source`, tests.

Not here: what the assets do.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import dagster as dg

from dagster_project.definitions import JOB, build_definitions
from dagster_project.event_log import unlogged_instance
from dagster_project.instance import keep_quiet
from dagster_project.session import Bar, Progress, Session, silent, unseen
from distribution.result import DeliveryReport
from ledger.errors import database_words
from warehouse.build import Project
from warehouse.errors import CallError, WarehouseError, disk_words
from warehouse.landing.ingest import open_source
from warehouse.landing.plain import require_encryption
from warehouse.landing.report import LandingReport
from warehouse.publish.repeat import known_repeat
from warehouse.settings import Run


@dataclass(frozen=True)
class Outcome:
    """What a run came to: its version, what landed, what was delivered."""

    version: str
    is_repeat: bool
    landing: LandingReport | None
    deliveries: DeliveryReport | None

    @property
    def is_clean(self) -> bool:
        """Return whether nothing was rejected, held, refused or left unknown."""
        if self.deliveries is not None and self.deliveries.exit_code:
            return False
        return self.landing is None or not (self.landing.refusals or self.landing.rejected)


def run_once(
    run: Run,
    *,
    progress: Progress = silent,
    bar: Bar = unseen,
    project: Project | None = None,
    deliver: bool = True,
    marts_only: Sequence[str] = (),
) -> Outcome:
    """Run the graph once and return what came of it.

    `marts_only` narrows the build to the ancestors of these models. Raises WarehouseError with one
    line where the run could not finish; the version published before it stays.
    """
    require_encryption(run)
    run.home.prepare()
    with run.home.locked():
        session = Session(run, project or Project(), progress, bar, deliver=deliver)
        session.is_admitted = True
        session.reports = tuple(marts_only)
        with _recorded(session) as record:
            outcome = _run(session)
            record(outcome)
        session.anchor()
        return outcome


@contextmanager
def _recorded(session: Session) -> Iterator[Callable[[Outcome], None]]:
    """Write the run and its end into the ledger, whatever comes of it."""
    session.open_run()
    try:
        yield lambda outcome: session.close_run(
            "repeat" if outcome.is_repeat else "published", outcome.version
        )
    except BaseException:
        with suppress(Exception):  # what went wrong matters more than that it cannot be noted
            session.close_run("failed")
        raise


def _run(session: Session) -> Outcome:
    session.settle_published()
    session.take_decisions()
    repeat = known_repeat(session.run, open_source(session.run).fingerprint())
    if repeat:
        session.progress("Land", f"nothing changed since version {repeat}")
        return Outcome(repeat, True, None, session.deliver_due() if session.deliver else None)
    _execute(session)
    plan = session.plan
    if plan is None:
        raise WarehouseError("the run built nothing")
    if session.deliver and plan.is_repeat:
        session.deliver_due()
    return Outcome(plan.version, plan.is_repeat, session.landing, session.delivered)


def _execute(session: Session) -> None:
    keep_quiet(session.run.home.dagster)
    job = build_definitions(session).resolve_job_def(JOB)
    with unlogged_instance() as instance:
        result = job.execute_in_process(
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            instance=instance,
            raise_on_error=False,
            asset_selection=_selection(session, job),
        )
    if not result.success:
        raise _stopped_at_the_gate(session) or _failure(result)


def _selection(session: Session, job: dg.JobDefinition) -> list[dg.AssetKey] | None:
    """Return the ancestors of the session's reports and what follows them, or None for all."""
    if not session.reports:
        return None
    graph = job.asset_layer.asset_graph
    models = (key for key in graph.executable_asset_keys if key.path[0] in ("reports", "marts"))
    wanted = {key for key in models if key.path[-1] in (*session.reports, "dim_company")}
    ancestors = set(wanted)
    frontier = set(wanted)
    while frontier:
        frontier = {p for k in frontier for p in graph.get(k).parent_keys} - ancestors
        ancestors |= frontier
    session.needed = frozenset(k.path[-1] for k in ancestors if k.path[0] == "landing")
    landing = {k for k in graph.executable_asset_keys if k.path[0] == "landing"}
    extra = {dg.AssetKey(["published", "snapshot"])}
    return sorted((ancestors & set(graph.executable_asset_keys)) | landing | extra)


def _stopped_at_the_gate(session: Session) -> WarehouseError | None:
    """Return one line for tables that cannot be used and have no earlier rows, or None."""
    tables = session.landing.tables.values() if session.landing else ()
    blocked = [t.table for t in tables if session.blocks(t)]
    if not blocked:
        return None
    return WarehouseError(
        f"{', '.join(blocked)}: the table failed its gate [gate.unusable] and has no earlier rows; "
        "nothing was published"
    )


def _failure(result: dg.ExecuteInProcessResult) -> WarehouseError:
    """Return the first failure as one line; engine errors keep their type and lose their text."""
    for event in result.all_events:
        if event.is_step_failure or event.is_failure:
            error = getattr(event.event_specific_data, "error", None)
            while error is not None and error.cause is not None:
                error = error.cause
            if error is None:
                continue
            kind = CallError if error.cls_name == "CallError" else WarehouseError
            ours = error.cls_name in ("CallError", "WarehouseError", "ContractError")
            if ours:
                return kind(error.message.split(": ", 1)[-1].strip())
            text = database_words(error.cls_name, error.message) or disk_words(error.message)
            if text:
                return CallError(f"the run stopped: {text}")
            return kind(f"the run stopped ({error.cls_name}); nothing was published")
    return WarehouseError("the run stopped; nothing was published")
