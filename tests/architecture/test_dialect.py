"""Every model must run on DuckDB and on a Spark-compatible engine: what models may not write.

Belongs here: a scan of the models' own SQL, outside of macros. Does not: proof that the engines
agree (tests/distributed builds both); macros, which may hold what two engines spell differently.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

MODELS = Path(__file__).parent.parent.parent / "dbt" / "models"
FORBIDDEN = {
    "recursive CTE": r"\bwith\s+recursive\b",
    "ASOF join": r"\basof\b",
    "PIVOT": r"\b(un)?pivot\b",
    "star with EXCLUDE or REPLACE": r"\*\s*(exclude|replace)\b",
    "UNION BY NAME": r"\bunion\s+(all\s+)?by\s+name\b",
    "list slice": r"\[[^\]]*:[^\]]*\]",
    "RANGE window over an interval": r"\brange\s+(between\s+)?interval\b",
    "DISTINCT ON": r"\bdistinct\s+on\b",
    "QUALIFY": r"\bqualify\b",
    "cast by ::": r"::",
    "varchar without a length": r"\bvarchar\b(?!\s*\()",
    "division outside of a macro": r"/",
    "modulo by %": r"%",
    "regexp_replace outside of a macro": r"\bregexp_\w+\s*\(",
    "weekday outside of a macro": r"\b(dayofweek|isodow|weekday|dow|dayofyear)\b",
    "JSON access outside of a macro": r"->|\bjson_\w+\s*\(|\bget_json_object\s*\(",
    "unnesting outside of a macro": r"\b(unnest|explode|posexplode)\s*\(",
    "series outside of a macro": r"\b(generate_series|sequence|range)\s*\(",
    "quantile outside of a macro": r"\b(quantile\w*|percentile\w*|median)\s*\(",
    "banker's rounding outside of a macro": r"\b(round|round_even|bround)\s*\(",
    "ordered list outside of a macro": (
        r"\b(list|array_agg|string_agg|listagg|group_concat|collect_list)\s*\("
    ),
    "date format or difference outside of a macro": (
        r"\b(strftime|strptime|date_format|date_?diff|date_?add|date_trunc)\s*\("
    ),
    "hash other than sha1": r"\b(md5|sha256|hash|uuid)\s*\(",
}


def own_sql(text: str) -> str:
    """The SQL a model writes itself: no comments, no strings, nothing a macro writes."""
    for block in (r"\{#.*?#\}", r"\{\{.*?\}\}", r"\{%.*?%\}", r"/\*.*?\*/", r"--[^\n]*"):
        text = re.sub(block, " ", text, flags=re.S)
    return re.sub(r"'(?:[^']|'')*'", "''", text).lower()


def breaches(text: str) -> list[str]:
    """The names of the forbidden constructs in a model."""
    sql = own_sql(text)
    return [name for name, pattern in FORBIDDEN.items() if re.search(pattern, sql)]


def test_no_model_writes_what_only_one_engine_understands() -> None:
    found = {
        str(path.relative_to(MODELS)): names
        for path in sorted(MODELS.rglob("*.sql"))
        if (names := breaches(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("select a / b from t", "division outside of a macro"),
        ("select cast(a as varchar) from t", "varchar without a length"),
        ("select a::int from t", "cast by ::"),
        ("select * exclude (a) from t", "star with EXCLUDE or REPLACE"),
        ("select x[1:2] from t", "list slice"),
        ("select a from t qualify row_number() over () = 1", "QUALIFY"),
        ("with recursive t as (select 1) select * from t", "recursive CTE"),
        ("select sum(a) over (order by d range between interval 1 day preceding and current row)",
         "RANGE window over an interval"),
        ("select a ->> 'b' from t", "JSON access outside of a macro"),
        ("select string_agg(a) from t", "ordered list outside of a macro"),
    ],
)  # fmt: skip
def test_the_scan_sees(sql: str, name: str) -> None:
    assert name in breaches(sql)


def test_the_scan_leaves_comments_strings_and_macros_alone() -> None:
    sql = "-- a / b\nselect '::' as x, {{ divide('a', 'b') }} as y from t /* pivot */"
    assert breaches(sql) == []
