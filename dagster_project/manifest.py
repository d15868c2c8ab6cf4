"""The parsed dbt project as a file, kept in the home so that a later process need not parse.

Not here: building the models.
"""

import json
from pathlib import Path

from dagster_project.session import Session
from warehouse.build import Build
from warehouse.database_file import DatabaseFile
from warehouse.home import write_atomically
from warehouse.publish.version import tree_hash


def manifest_file(session: Session) -> Path:
    """Return the path of a manifest of the project as it stands now."""
    home = session.run.home
    folder = home.build / "dbt"
    folder.mkdir(parents=True, exist_ok=True)
    name = tree_hash(("dbt/models", "dbt/macros", "dbt/seeds"))[:16]
    path = folder / f"manifest-{name}.json"
    if not path.exists():
        file = DatabaseFile(folder / "warehouse.duckdb")
        build = Build(file, DatabaseFile(home.landing_file), folder, session.run.as_of)
        manifest = session.project.parse(build)
        for old in folder.glob("manifest-*.json"):
            old.unlink()
        write_atomically(path, json.dumps(manifest.writable_manifest().to_dict()).encode())
    return path
