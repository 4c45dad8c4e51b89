"""JSON as the hall writes it is what Python's own `json` writes: the hash chains of old logs rest on it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.json_text import from_json, to_json
from server.domain.ticket import State

# No lone surrogates: they have no UTF-8, so no database of ours holds any.
texts = st.text(st.characters(exclude_categories=["Cs"]))
leaves = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | texts
values = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(texts, inner))


@given(values)
def test_whatever_a_log_holds_is_written_as_python_writes_it_and_read_back(value: object) -> None:
    written = to_json(value)
    assert written == json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    assert from_json(written) == value


def test_a_state_is_written_as_its_word_and_a_broken_text_is_refused() -> None:
    assert to_json({"to": State.CALLED}) == '{"to":"called"}'
    with pytest.raises(ValueError, match="unexpected"):
        from_json("{")
