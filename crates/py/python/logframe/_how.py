"""What is said of a table, checked and in the words of the engine."""

from __future__ import annotations

import operator as _operator
from typing import Any

from ._rows import Rows, exact_text


def _line(line: Any, name: str) -> str | int:
    if isinstance(line, str):
        return line
    if line is None or isinstance(line, bool):
        return "last" if line else "none"
    return _whole(line, name, "a name, a position from 0, `True` for the last or `None` for none")


def _whole(number: Any, name: str, what: str) -> int:
    try:
        whole = _operator.index(number)
    except TypeError:
        raise TypeError(f"`{name}` is {what}, and no object of type `{type(number).__name__}`") from None
    if abs(whole) > 2**31:
        raise ValueError(f"`{name}` is {what}, and {whole} is none")
    return whole


def _labels(labels: Any) -> int | None:
    what = "how many columns at the left name the rows"
    if labels is None:
        return None
    found = _whole(labels, "labels", what)
    if found < 0:
        raise ValueError(f"`labels` is {what}, and {found} is none")
    return found


def how_read(rows: Rows, **said: Any) -> dict[str, Any]:
    unit, rounding = said.get("unit"), said.get("rounding")
    if rounding is not None and unit is None:
        raise ValueError("`rounding` tells by which rule figures were rounded; tell to what as well, as `unit=1`")
    for name in ("rounding", "numbers", "blank", "none"):
        if not isinstance(said.get(name, ""), str | None):
            raise TypeError(f"`{name}` is a name, and no object of type `{type(said[name]).__name__}`")
    return {
        "unit": None if unit is None else exact_text(unit),
        "rounding": rounding,
        "blank": said.get("blank", "unknown"),
        "none": said.get("none", "zero"),
        "printed_sums": bool(said.get("printed_sums")),
        "total_row": _line(said["total_row"], "total_row"),
        "total_column": _line(said["total_column"], "total_column"),
        # Numbers that are no text have no marks that need a reading.
        "numbers": said["numbers"] or (None if rows.has_marks else "1234.56"),
        "labels": rows.labels if said["labels"] is None else _labels(said["labels"]),
        "header": rows.header,
    }
