"""What the orchestrator's own folder says: no telemetry, no first-run questions, no step output.

`python -m dagster_project.instance FOLDER` makes a folder before `dagster dev` first looks into it.
Not here: the graph.
"""

import os
import sys
from pathlib import Path

QUIET = """\
telemetry:
  enabled: false
nux:
  enabled: false
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
"""


def keep_quiet(folder: Path) -> None:
    """Switch telemetry off here and in every process after this one; an operator's file stays."""
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    named = os.environ.get("DAGSTER_HOME", "")
    for place in {folder, Path(named) if named else folder}:
        settings = place / "dagster.yaml"
        if place.is_dir() and not settings.exists():
            settings.write_text(QUIET)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        Path(argument).mkdir(parents=True, exist_ok=True, mode=0o700)
        keep_quiet(Path(argument))
