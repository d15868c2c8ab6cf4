"""Sealed files: what goes in comes out, and every change of a byte or a frame is seen."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.errors import SealBroken
from ledger.sealed import FRAME, TAG, hash_of_file, opened, seal, sealed

KEY = bytes(range(32))
HEAD = 16


def open_all(body: bytes, key: bytes | None = KEY) -> bytes:
    return b"".join(opened(io.BytesIO(body), key))


@pytest.mark.parametrize("size", [0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME, 3 * FRAME + 7])
def test_every_size_comes_back_whole(size: int) -> None:
    content = os.urandom(size)
    body = seal(content, KEY)
    assert open_all(body) == content
    frames = max(1, -(-size // FRAME))
    assert len(body) == HEAD + size + frames * TAG


def test_without_a_key_nothing_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(seal(b"abc", None))
    assert path.read_bytes() == b"abc" == open_all(b"abc", None)
    with pytest.raises(SealBroken, match="not sealed"):
        hash_of_file(path, KEY)


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=300), st.data())
def test_one_changed_bit_is_seen_wherever_it_is(content: bytes, data: st.DataObject) -> None:
    body = bytearray(seal(content, KEY))
    place = data.draw(st.integers(0, len(body) * 8 - 1))
    body[place // 8] ^= 1 << place % 8
    with pytest.raises(SealBroken):
        open_all(bytes(body))


def test_frames_that_are_cut_swapped_doubled_or_of_another_file_are_seen() -> None:
    content = os.urandom(2 * FRAME + 5)
    body, step = seal(content, KEY), FRAME + TAG
    head, first, second, last = (
        body[:HEAD],
        body[HEAD : HEAD + step],
        body[HEAD + step : HEAD + 2 * step],
        body[HEAD + 2 * step :],
    )
    other = seal(content, KEY)[HEAD : HEAD + step]
    for wrong in (
        head + first + second,
        head + second + first + last,
        head + first + first + last,
        head + first + second + last + last,
        head + other + second + last,
        head,
        head[:-1],
        b"",
    ):
        with pytest.raises(SealBroken):
            open_all(wrong)


def test_the_same_content_is_never_the_same_file_and_another_key_opens_none() -> None:
    assert seal(b"abc", KEY) != seal(b"abc", KEY)
    with pytest.raises(SealBroken, match="another key"):
        open_all(seal(b"abc", KEY), bytes(32))


def test_a_stream_is_sealed_chunk_by_chunk() -> None:
    chunks = [os.urandom(FRAME), os.urandom(FRAME), b"end"]
    assert open_all(b"".join(sealed(iter(chunks), KEY))) == b"".join(chunks)
    assert open_all(b"".join(sealed(iter(()), KEY))) == b""
