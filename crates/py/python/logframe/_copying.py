"""Copies: what cannot change is its own copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from . import _logframe

_T = TypeVar("_T")


def _copy(self: _T) -> _T:
    return self


def _deepcopy(self: _T, _memo: object, /) -> _T:
    return self


def each(sequence: Sequence[_T]) -> Iterator[_T]:
    """The things of what has positions, one after the other."""
    return (sequence[at] for at in range(len(sequence)))


def each_from_the_end(sequence: Sequence[_T]) -> Iterator[_T]:
    """The same, the last one first."""
    return (sequence[at] for at in reversed(range(len(sequence))))


def share_copies() -> None:
    """Lets every class of the extension give itself as its copy."""
    for kind in vars(_logframe).values():
        if isinstance(kind, type):
            # An assignment would be one to a method in the eyes of a type checker.
            for name, method in (("__copy__", _copy), ("__deepcopy__", _deepcopy)):
                setattr(kind, name, method)
