"""A repository made when a transaction first asks for it, by a part of `Tx` that stands in a file of its own."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

R = TypeVar("R")


class late(Generic[R]):
    """As functools.cached_property, without its lock (Python 3.11 takes one each time)."""

    def __init__(self, make: Callable[[Any], R]) -> None:
        self._make, self._name = make, make.__name__

    @overload
    def __get__(self, tx: None, owner: type[Any]) -> late[R]: ...
    @overload
    def __get__(self, tx: object, owner: type[Any]) -> R: ...
    def __get__(self, tx: object | None, owner: type[Any]) -> late[R] | R:
        if tx is None:
            return self
        made = tx.__dict__[self._name] = self._make(tx)
        return made


class _Repository:
    """A repository of `server.store.<module>`, imported when first asked for."""

    def __init__(self, module: str, kind: str) -> None:
        self._module, self._kind = f"server.store.{module}", kind
        self._class: Any = None

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self._name = name

    def __get__(self, tx: Any, owner: type[Any]) -> Any:
        if self._class is None:
            self._class = getattr(importlib.import_module(self._module), self._kind)
        made = tx.__dict__[self._name] = self._class(tx)
        return made


def repository(module: str, kind: str) -> Any:
    """`tickets: Tickets = repository("tickets", "Tickets")`. The module was preloaded, so that its import takes no lock."""
    return _Repository(module, kind)
