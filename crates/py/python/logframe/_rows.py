"""Rows and data frames as one plain text, exactly or not at all."""

from __future__ import annotations

import csv as _csv
import importlib
import io as _io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from os import PathLike
from typing import Any

_EXACTLY = (
    "a float has already lost the digits that were printed; read the column exactly, as text or decimals: "
    "`pandas.read_csv(…, dtype=str)`, `polars.read_csv(…, infer_schema=False)`, or a decimal128 column"
)
_AMOUNTS = "an amount is a whole number, a `Decimal` or text"
_TABLES = "a table is a list of rows, a dict of columns or a data frame"
# The engine holds 28 digits; what has more is not even written out.
_MOST_DIGITS = 100


def exact_text(value: Any) -> str:
    """A number as its plain digits; floats, booleans and all that is no number are refused."""
    if type(value).__module__ == "numpy" and getattr(value, "shape", None) == ():
        value = value.item()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Decimal):
        return _of_decimal(value)
    if isinstance(value, int) and not isinstance(value, bool):
        if value.bit_length() > 4 * _MOST_DIGITS:
            raise ValueError("a whole number of more digits than can be held (28)")
        return str(value)
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float: {_EXACTLY}")
    raise TypeError(f"an object of type `{type(value).__name__}` is no amount: {_AMOUNTS}")


def number(value: Any) -> str:
    """An amount that somebody gives by itself: its digits."""
    try:
        return exact_text(value)
    except TypeError:
        kind = type(value).__name__
        raise TypeError(
            f'an amount is a `Decimal`, an `int` or a text of its digits, as "12500.50", not {kind} ({value!r})'
        ) from None


def _text(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{value!r} is no text: half of a character is missing") from None
    return value.strip()


def _of_decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError(f"{value} is no amount; leave a missing one empty (`None`)")
    _, digits, exponent = value.as_tuple()
    if len(digits) + abs(int(exponent)) > _MOST_DIGITS:
        raise ValueError("a decimal of more digits than can be held (28)")
    return f"{value:f}"


def _is_missing(value: Any) -> bool:
    return value is None or type(value).__name__ in ("NAType", "NaTType")


def as_text(value: Any, where: str) -> str:
    """A cell as the digits or the words that it is; nothing for what is not there."""
    try:
        return "" if _is_missing(value) else exact_text(value)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{where}: {error}") from None


@dataclass
class Rows:
    """A table taken apart. `labels` is how many columns at the left name the rows, where that is known."""

    names: list[str]
    body: list[list[Any]]
    labels: int | None = None

    @property
    def header(self) -> bool | None:
        """Whether the first line names the columns; `None` where that is to be seen from its words."""
        if self.names:
            return True
        return None if self.body and any(isinstance(cell, str) for cell in self.body[0]) else False

    @property
    def has_marks(self) -> bool:
        """Whether any figure may be text with marks that need a reading."""
        texts = (value for row in self.body for value in row if isinstance(value, str))
        return any(any(c in text for c in ",.' \u2019\u00a0\u202f") and any(c.isdigit() for c in text) for text in texts)

    def csv(self) -> str:
        """All of it as text, every cell in quotes."""
        out = _io.StringIO()
        writer = _csv.writer(out, lineterminator="\n", quoting=_csv.QUOTE_ALL)
        if self.names:
            writer.writerow([as_text(name, f"the name of column {i}") for i, name in enumerate(self.names, 1)])
        for at, row in enumerate(self.body, 1):
            writer.writerow([as_text(value, f"row {at}, column {i}") for i, value in enumerate(row, 1)])
        return out.getvalue()


def rows_of(table: Any, columns: Sequence[str] | None) -> Rows:
    """The rows of a frame, of columns, or of rows."""
    rows = _rows_of_frame(table) or _rows_of_columns(table) or _rows_of_rows(table)
    if columns is not None:
        rows.names = _named(columns, max(map(len, rows.body), default=0))
    return rows


def _named(columns: Sequence[str], width: int) -> list[str]:
    names = [columns] if isinstance(columns, str) else [_name(name) for name in columns]
    if width and len(names) != width:
        raise ValueError(f"`columns` names {len(names)} columns, and the table has {width}")
    return names


def _name(name: Any) -> str:
    """What a column or a row is called; several levels are joined."""
    parts = name if isinstance(name, tuple) else (name,)
    return " / ".join(text for part in parts if (text := _level(part)))


def _level(part: Any) -> str:
    is_nothing = _is_missing(part) or (isinstance(part, float) and math.isnan(part))
    return "" if is_nothing else str(part)


def _rows_of_columns(table: Any) -> Rows | None:
    if not isinstance(table, Mapping):
        return None
    columns = [_cells(column, f"column {name!r}") for name, column in table.items()]
    if len({len(column) for column in columns}) > 1:
        raise ValueError("the columns of the table are not of one length")
    return Rows([_name(name) for name in table], [list(row) for row in zip(*columns, strict=True)])


def _rows_of_rows(table: Any) -> Rows:
    rows = list(_iterated(table))
    if rows and all(isinstance(row, Mapping) for row in rows):
        keys = list(dict.fromkeys(key for row in rows for key in row))
        return Rows([_name(key) for key in keys], [[row.get(key) for key in keys] for row in rows])
    return Rows([], [_cells(row, f"row {at}") for at, row in enumerate(rows, 1)])


def _iterated(table: Any) -> Iterable[Any]:
    if isinstance(table, str | bytes | PathLike):
        how = "`csv.reader(open(…))` or `pandas.read_csv(…, dtype=str)`"
        raise TypeError(f"{_TABLES}, and this is a {type(table).__name__}; read a file with {how}")
    if not isinstance(table, Iterable):
        raise TypeError(f"{_TABLES}, and this is an object of type `{type(table).__name__}`")
    return table


def _cells(row: Any, where: str) -> list[Any]:
    if isinstance(row, str | bytes | Mapping | set | frozenset) or not isinstance(row, Iterable):
        raise TypeError(f"{where} is no list of cells but an object of type `{type(row).__name__}`; {_TABLES}")
    return list(row)


def _rows_of_frame(frame: Any) -> Rows | None:
    kind = type(frame).__module__.split(".")[0]
    if kind == "pandas":
        return _rows_of_pandas(frame.to_frame() if type(frame).__name__ == "Series" else frame)
    if kind == "polars":
        return _rows_of_polars(frame)
    is_arrow = hasattr(type(frame), "__arrow_c_stream__") or hasattr(type(frame), "__arrow_c_array__")
    return _rows_of_arrow(frame) if is_arrow else None


def _rows_of_arrow(frame: Any) -> Rows:
    try:
        pyarrow = importlib.import_module("pyarrow")
    except ImportError:
        raise ImportError("reading a data frame of this kind needs pyarrow; `pip install pyarrow`") from None
    if isinstance(frame, pyarrow.Array | pyarrow.ChunkedArray):
        raise TypeError(f"{_TABLES}, and this is one column; give the table it is of")
    table = frame if isinstance(frame, pyarrow.Table) else pyarrow.table(frame)
    for field in table.schema:
        if pyarrow.types.is_floating(field.type):
            raise TypeError(f"column {field.name!r} is {field.type}: {_EXACTLY}")
    values = [column.to_pylist() for column in table.columns]
    return Rows(list(table.schema.names), [list(row) for row in zip(*values, strict=True)])


def _rows_of_polars(frame: Any) -> Rows:
    if type(frame).__name__ != "DataFrame":
        kind = type(frame).__name__
        raise TypeError(f"{_TABLES}, and this is a {kind}; " + ("`collect()` it" if kind == "LazyFrame" else "`to_frame()` it"))
    for name, dtype in frame.schema.items():
        if dtype.is_float():
            raise TypeError(f"column {name!r} is {dtype}: {_EXACTLY}")
    return Rows(list(frame.columns), [list(row) for row in frame.rows()])


def _rows_of_pandas(frame: Any) -> Rows:
    if not hasattr(frame, "itertuples"):
        raise TypeError(f"{_TABLES}, and this is a {type(frame).__name__}")
    for name, dtype in zip(frame.columns, frame.dtypes, strict=True):
        if getattr(dtype, "kind", "") == "f" or str(dtype).startswith("Sparse[float"):
            raise TypeError(f"column {_name(name)!r} is {dtype}: {_EXACTLY}")
    names = [_name(name) for name in frame.columns]
    rows = [[of_pandas(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    if _only_counts(frame):
        return Rows(names, rows)
    index = [[_level(part) for part in (one if isinstance(one, tuple) else (one,))] for one in frame.index]
    # Years that name rows could be taken for figures.
    labels = len(frame.index.names) if any(part.isdigit() for one in index for part in one) else None
    names = [*map(_level, frame.index.names), *names]
    return Rows(names, [[*one, *row] for one, row in zip(index, rows, strict=True)], labels)


def _only_counts(frame: Any) -> bool:
    """Whether the index only counts the rows and names nothing: numbers without a name beside a column of words."""
    index = frame.index
    if type(index).__name__ == "RangeIndex":
        return index.name is None
    are_numbers = index.nlevels == 1 and getattr(index.dtype, "kind", "") in "iu"
    return are_numbers and index.name is None and any(getattr(dtype, "kind", "") not in "iu" for dtype in frame.dtypes)


def of_pandas(value: Any) -> Any:
    """A cell of a pandas frame."""
    # pandas writes a missing text as a float that is not a number.
    return None if isinstance(value, float) and math.isnan(value) else value
