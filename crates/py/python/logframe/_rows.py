"""Rows and data frames as one plain text, exactly or not at all."""

from __future__ import annotations

import csv as _csv
import importlib
import io as _io
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

_EXACTLY = (
    "a float has already lost the digits that were printed; read the column exactly, as text or decimals: "
    "`pandas.read_csv(…, dtype=str)`, `polars.read_csv(…, infer_schema=False)`, or a decimal128 column"
)


def exact_text(value: Decimal | int | str) -> str:
    """A number as its plain digits; floats and booleans are refused."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"{value} is no amount; leave a missing one empty (`None`)")
        return f"{value:f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise TypeError(f"{value!r} is a {type(value).__name__}: {_EXACTLY}")


def number(value: Any) -> str:
    """An amount that somebody gives: its digits."""
    if type(value).__module__ == "numpy" and hasattr(value, "item"):
        value = value.item()
    if not isinstance(value, (str, Decimal, int)) or isinstance(value, bool):
        kind = type(value).__name__
        raise TypeError(f'an amount is a `Decimal`, an `int` or a text of its digits, as "12500.50", not {kind} ({value!r})')
    return exact_text(value)


def as_text(value: Any, where: str) -> str:
    """A cell as the digits or the words that it is; nothing for what is not there."""
    if value is None or (hasattr(value, "__class__") and value.__class__.__name__ in ("NAType", "NaTType")):
        return ""
    try:
        item = value.item() if type(value).__module__ == "numpy" and hasattr(value, "item") else value
        return exact_text(item)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{where}: {error}") from None


def _rows_of_frame(frame: Any) -> tuple[list[str], list[list[Any]]] | None:
    kind = type(frame).__module__.split(".")[0]
    if kind == "pandas":
        return _rowsof_pandas(frame)
    if kind == "polars":
        for name, dtype in frame.schema.items():
            if dtype.is_float():
                raise TypeError(f"column {name!r} is {dtype}: {_EXACTLY}")
        return list(frame.columns), [list(row) for row in frame.rows()]
    if kind != "pyarrow" and (hasattr(frame, "__arrow_c_stream__") or hasattr(frame, "__arrow_c_array__")):
        try:
            pyarrow = importlib.import_module("pyarrow")
        except ImportError:
            raise ImportError("reading a data frame of this kind needs pyarrow; `pip install pyarrow`") from None
        frame, kind = pyarrow.table(frame), "pyarrow"
    if kind == "pyarrow":
        for field in frame.schema:
            if str(field.type) in ("float", "double", "halffloat"):
                raise TypeError(f"column {field.name!r} is {field.type}: {_EXACTLY}")
        values = [column.to_pylist() for column in frame.columns]
        return list(frame.schema.names), [list(row) for row in zip(*values, strict=True)]
    return None


def _rowsof_pandas(frame: Any) -> tuple[list[str], list[list[Any]]]:
    for name, dtype in frame.dtypes.items():
        if getattr(dtype, "kind", "") == "f" or str(dtype) in ("Float64", "Float32", "float[pyarrow]", "double[pyarrow]"):
            raise TypeError(f"column {name!r} is {dtype}: {_EXACTLY}")
    # An index that only counts the rows names nothing.
    is_named = type(frame.index).__name__ != "RangeIndex"
    columns = [str(name) for name in frame.columns]
    rows = [[of_pandas(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    if not is_named:
        return columns, rows
    names = [" / ".join(map(str, one)) if isinstance(one, tuple) else str(one) for one in frame.index]
    return [str(frame.index.name or ""), *columns], [[name, *row] for name, row in zip(names, rows, strict=True)]


def of_pandas(value: Any) -> Any:
    """A cell of a pandas frame."""
    # pandas writes a missing text as a float that is not a number.
    return None if isinstance(value, float) and math.isnan(value) else value


class Rows(NamedTuple):
    """A table as text."""

    text: str
    has_text: bool
    """Whether any of its figures is text already."""
    has_names: bool
    """Whether its first line names the columns of a frame, and is no row of its own."""


def as_csv(table: Any, columns: Sequence[str] | None) -> Rows:
    """The table as text."""
    found = _rows_of_frame(table)
    if found is None:
        rows = list(table)
        if rows and all(isinstance(row, Mapping) for row in rows):
            names = list(dict.fromkeys(str(key) for row in rows for key in row))
            found = (names, [[row.get(name) for name in names] for row in rows])
        else:
            found = ([], [list(row) for row in rows])
    names, body = found
    if columns is not None:
        names = [str(name) for name in columns]
    lines = [names, *body] if names else body
    out = _io.StringIO()
    writer = _csv.writer(out, lineterminator="\n", quoting=_csv.QUOTE_ALL)
    head = 1 if names else 0
    for at, row in enumerate(lines):
        cells = [as_text(value, f"row {at - head + 1}, column {i + 1}") for i, value in enumerate(row)]
        writer.writerow(cells)
    has_text = any(
        isinstance(value, str) and any(c in value for c in ",.' \u2019\u00a0") and any(c.isdigit() for c in value)
        for row in body
        for value in row
    )
    return Rows(out.getvalue(), has_text, bool(names))
