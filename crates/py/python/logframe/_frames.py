"""Frames of other libraries, which are imported only when one is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ._logframe import _plan_of_frame
from ._rows import as_text, of_pandas

if TYPE_CHECKING:
    from ._logframe import Plan


def _library(name: str, package: str = "") -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ImportError(f"this needs {name}; `pip install {package or name}`", name=name) from error


def to_pandas(table: Any) -> Any:
    """A pandas frame: decimals as they are in Arrow, which pandas can add up, and not as objects."""
    pandas, pyarrow = _library("pandas"), _library("pyarrow")

    def kept(kind: Any) -> Any:
        return pandas.ArrowDtype(kind) if pyarrow.types.is_decimal(kind) else None

    return pyarrow.table(table).to_pandas(types_mapper=kept)


def to_polars(table: Any) -> Any:
    """A polars frame."""
    return _library("polars").DataFrame(table)


def plan_of(frame: Any, how: dict[str, str], plan: Plan | None) -> Plan:
    """A plan of a frame of any kind."""
    return _plan_of_frame(_given(frame), how, plan)


def _given(frame: Any) -> Any:
    """A frame as Arrow, or its columns as exact texts."""
    if hasattr(frame, "__arrow_c_stream__") or hasattr(frame, "__arrow_c_array__"):
        return _Arrow(frame) if type(frame).__module__.split(".")[0] == "pandas" else frame
    if type(frame).__module__.split(".")[0] == "pandas":  # before 2.2
        return _library("pyarrow").Table.from_pandas(frame)
    if isinstance(frame, Mapping):
        return [(str(name), _texts(str(name), values)) for name, values in frame.items()]
    rows = list(frame)
    if not all(isinstance(row, Mapping) for row in rows):
        raise TypeError(
            "a plan is made of a data frame, of a list of dicts as [{'office': 'peru', 'result': '1', 'amount': 100}], "
            "or of a dict of columns"
        )
    names = list(dict.fromkeys(str(key) for row in rows for key in row))
    return [(name, _texts(name, (row.get(name) for row in rows))) for name in names]


def _texts(name: str, values: Iterable[Any]) -> list[str | None]:
    cells = (as_text(value, f"row {at + 1}, column `{name}`") for at, value in enumerate(values))
    return [cell or None for cell in cells]


class _Arrow:
    """A pandas frame, whose columns of objects may hold what Arrow cannot: then it is said which, and where."""

    def __init__(self, frame: Any) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        frame, pyarrow = self._frame, _library("pyarrow")
        try:
            return pyarrow.Table.from_pandas(frame, preserve_index=False).__arrow_c_stream__(requested_schema)
        except (TypeError, ValueError, OverflowError):  # pyarrow's own errors are these, too
            columns = {str(name): _texts(str(name), map(of_pandas, frame[name])) for name in frame.columns}
            return pyarrow.table(columns).__arrow_c_stream__(requested_schema)
