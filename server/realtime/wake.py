"""Several instances on one database: each tells the others, through Redis, that it committed something.

Redis carries no event and holds no truth: whoever is woken reads the store. While Redis is away the others' commits
are found by looking, a little later.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections import deque
from collections.abc import Callable
from typing import Any

import redis

from server import concurrency

log = logging.getLogger(__name__)

RETRY_SECONDS = 2.0
SILENCE_SECONDS = 30.0
MOST_SAID = 1_000


class Wake:
    """`tell` after a commit; `heard` is called when another instance told.

    `say` tells the others something passing, a JSON object; `said(who, it)` is called with another instance's. What
    is said while Redis is away is lost.
    """

    def __init__(
        self,
        url: str,
        hall_id: str,
        heard: Callable[[], None],
        said: Callable[[str, dict[str, Any]], None] = lambda who, it: None,
    ) -> None:
        self._url = url
        self._said = said
        self._saying: deque[dict[str, Any]] = deque(maxlen=MOST_SAID)
        self._committed = False
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
        self._committed = True
        self._news.set()

    def say(self, it: dict[str, Any]) -> None:
        """Returns at once, too."""
        self._saying.append(it)
        self._news.set()

    def _keep_on(self, task: Callable[[], None]) -> None:
        while not self._stopping:
            try:
                task()
            except (redis.RedisError, OSError) as error:
                log.warning("redis: %s; other instances' news comes by looking", type(error).__name__)
                concurrency.sleep(RETRY_SECONDS)
            except Exception:  # one message that cannot be read must not end the listening
                log.exception("redis: what another instance said could not be taken in")
                concurrency.sleep(RETRY_SECONDS)

    def _speak(self) -> None:
        with redis.Redis.from_url(self._url, socket_timeout=5, socket_connect_timeout=5) as connection:
            while not self._stopping:
                if not self._news.wait(SILENCE_SECONDS):
                    continue
                if self._committed:
                    self._committed = False
                    connection.publish(self._channel, self._me)
                while self._saying:
                    connection.publish(self._channel, f"{self._me} {json.dumps(self._saying.popleft())}")

    def _listen(self) -> None:
        with redis.Redis.from_url(self._url, socket_connect_timeout=5) as connection:
            channel = connection.pubsub(ignore_subscribe_messages=True)
            channel.subscribe(self._channel)
            self._heard()  # what was told while we did not listen
            while not self._stopping:
                message = channel.get_message(timeout=SILENCE_SECONDS)
                if message:
                    self._take(message["data"].decode())

    def _take(self, message: str) -> None:
        who, _, it = message.partition(" ")
        if who == self._me:
            return
        if it:
            self._said(who, json.loads(it))
        else:
            self._heard()
