"""Work done in a clean process of its own, which may be killed.

It is forked from a server that has only imported what is named here: a fork of the test process
would miss the engine threads it believes in, and hang or abort. Not here: what is done there.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.process import BaseProcess

PRELOADED = ["dbt.cli.main", "tests.faults.ready"]


def start_child(work: Callable[..., object], *arguments: object) -> BaseProcess:
    """Start a function of a module in a clean child."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    child = context.Process(target=work, args=arguments)
    child.start()
    return child


def in_child(work: Callable[..., object], *arguments: object) -> int:
    """Run a function of a module in a clean child; return how it ended, negative if killed."""
    child = start_child(work, *arguments)
    child.join()
    assert child.exitcode is not None
    return child.exitcode
