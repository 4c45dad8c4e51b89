"""Several instances on one database: each tells the others, through Redis, that it committed something.

Redis carries no event and holds no truth: whoever is woken reads the store. While Redis is away the others' commits
are found by looking, a little later.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

import redis

from server import concurrency

log = logging.getLogger(__name__)

RETRY_SECONDS = 2.0
SILENCE_SECONDS = 30.0


class Wake:
    """`tell` after a commit; `heard` is called when another instance told."""

    def __init__(self, url: str, hall_id: str, heard: Callable[[], None]) -> None:
        self._url = url
        self._channel = f"yichuang:{hall_id}:committed"
        self._me = secrets.token_hex(8)
        self._heard = heard
        self._news = concurrency.Signal()
        self._stopping = False

    def start(self) -> None:
        concurrency.spawn(self._keep_on, self._speak)
        concurrency.spawn(self._keep_on, self._listen)

    def stop(self) -> None:
        self._stopping = True
        self._news.set()

    def tell(self, hall_id: str) -> None:
        """Returns at once: a slow Redis slows no commit."""
        self._news.set()

    def _keep_on(self, task: Callable[[], None]) -> None:
        while not self._stopping:
            try:
                task()
            except (redis.RedisError, OSError) as error:
                log.warning("redis: %s; other instances' news comes by looking", type(error).__name__)
                concurrency.sleep(RETRY_SECONDS)

    def _speak(self) -> None:
        with redis.Redis.from_url(self._url, socket_timeout=5, socket_connect_timeout=5) as connection:
            while not self._stopping:
                if self._news.wait(SILENCE_SECONDS):
                    connection.publish(self._channel, self._me)

    def _listen(self) -> None:
        with redis.Redis.from_url(self._url, socket_connect_timeout=5) as connection:
            channel = connection.pubsub(ignore_subscribe_messages=True)
            channel.subscribe(self._channel)
            self._heard()  # what was told while we did not listen
            while not self._stopping:
                message = channel.get_message(timeout=SILENCE_SECONDS)
                if message and message["data"] != self._me.encode():
                    self._heard()
