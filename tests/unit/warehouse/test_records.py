"""Records of a delimited file, counted and split without a parser."""

from __future__ import annotations

from random import Random

from warehouse.sources import records

PIECES = (b"a", b",", b'"', b'""', b"\n", b'"b\nc"', b"\x00")


def test_a_count_does_not_depend_on_where_the_bytes_are_cut() -> None:
    random = Random(3)
    for _ in range(60):
        text = b"".join(random.choice(PIECES) for _ in range(random.randrange(1, 30)))
        body = text + b'\n"' + b"x" * random.randrange(records.STEP - 40, records.STEP + 40)
        whole = body + b'"\n' + text.replace(b'"', b"")
        outside = b"\x00".join(whole.split(b'"')[::2])
        filled = [line for line in outside.split(b"\n") if line]
        assert records.count_records(whole) == len(filled) - 1


def test_records_are_split_at_line_ends_outside_quotes_only() -> None:
    found = list(records.split_records(b'h,i\n\n1,"a\n\nb"\n2,c'))
    assert found == [(1, 1, b"h,i"), (3, 5, b'1,"a\n\nb"'), (6, 6, b"2,c")]
    assert list(records.split_records(b'h\n"open\nto the end\n')) == [
        (1, 1, b"h"),
        (2, 3, b'"open\nto the end'),
    ]
