"""How often an address may try, and links nobody can guess."""

from __future__ import annotations

import pytest

from server.access.limits import MOST_KEYS, SlidingWindow
from server.access.links import ALPHABET, LENGTH, link_token, new_link
from server.access.refusals import LinkUnknown, TooManyRequests
from tests.access.conftest import Clock


def test_the_window_slides_and_does_not_allow_a_double_burst_at_its_edge() -> None:
    clock = Clock()
    clock.now -= clock.now % 60_000_000
    limit = SlidingWindow(10, 60, clock)
    clock.pass_minutes(0.95)
    for _ in range(10):
        limit.take("a")
    clock.pass_minutes(0.1)
    with pytest.raises(TooManyRequests) as refused:
        for _ in range(3):
            limit.take("a")
    assert 1 <= refused.value.detail["seconds"] <= 60
    clock.pass_minutes(2)
    limit.take("a")


def test_addresses_do_not_share_a_limit() -> None:
    limit = SlidingWindow(1, 60, Clock())
    limit.take("a")
    limit.take("b")
    with pytest.raises(TooManyRequests):
        limit.take("a")


def test_many_addresses_do_not_fill_the_memory() -> None:
    clock = Clock()
    limit = SlidingWindow(1, 60, clock)
    for n in range(MOST_KEYS + 10):
        limit.count(str(n))
    assert len(limit._counts) <= MOST_KEYS


def test_links_are_twelve_letters_that_cannot_be_mistaken_and_never_repeat() -> None:
    links = {new_link() for _ in range(2000)}
    assert len(links) == 2000
    assert all(len(link) == LENGTH == 12 and set(link) <= set(ALPHABET) for link in links)
    assert not set("01loi") & set(ALPHABET)


def test_a_link_typed_in_capitals_is_the_same_link() -> None:
    link = new_link()
    assert link_token(f" {link.upper()} ") == link


@pytest.mark.parametrize("text", ["", "short", "0" * 12, "a" * 13, "23456789abc'", "二三四五六七八九十一二三"])
def test_what_can_be_no_link_is_refused_without_asking_the_store(text: str) -> None:
    with pytest.raises(LinkUnknown):
        link_token(text)
