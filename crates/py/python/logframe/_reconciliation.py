"""Reconciliation: whether unrounded amounts can stand behind every printed figure at once."""

from __future__ import annotations

import json as _json
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import count as _count
from typing import TYPE_CHECKING, Any, Literal, overload

from ._figures import Change, Contradiction, Culprit, Figure, Interval
from ._how import how_read
from ._logframe import Plan, _reconcile_plan, _reconcile_table, _round_table, _split
from ._logframe import _Reconciliation as _Found
from ._rows import exact_text, rows_of

if TYPE_CHECKING:
    from ._logframe import _Rounding

    _Meaning = Literal["zero", "rounds-to-zero", "unknown"]
    _Method = Literal["largest-remainder", "webster", "jefferson", "adams", "huntington-hill", "dean"]
    _Line = str | int | bool | None


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _interval(value: dict[str, Any]) -> Interval:
    return Interval(_decimal(value["low"]), _decimal(value["high"]), value["low_included"], value["high_included"])


class Reconciliation:
    """What was found out about printed figures: a verdict with its proof.

    >>> found = logframe.reconcile([["", "1", "2", "Total"], ["A", 120, 235, 355], ["B", 310, 145, 455]], unit=1)
    >>> found.verdict
    'exact'
    """

    __slots__ = ("_data", "_found", "_made_by")

    def __init__(self, made_by: tuple[Callable[..., _Found], tuple[Any, ...]]) -> None:
        make, arguments = made_by
        self._made_by = made_by
        self._found = make(*arguments)
        self._data: dict[str, Any] = _json.loads(self._found.json())

    @property
    def verdict(self) -> str:
        """`exact`, `consistent`, `knife-edge`, `inconsistent` or `undecided`."""
        return str(self._data["verdict"])

    @property
    def is_possible(self) -> bool:
        """Whether unrounded amounts can stand behind all figures."""
        return self.verdict in ("exact", "consistent", "knife-edge")

    @property
    def reason(self) -> str | None:
        """Why nothing could be decided; `None` where something was."""
        reason: str | None = self._data["reason"]
        return reason

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, in the order of the document."""
        return tuple(
            Figure(
                one["name"],
                one["place"],
                _decimal(one["printed"]),
                _decimal(one["could_be"]),
                _interval(one["stands_for"]),
                one["in_print"],
            )
            for one in self._data["figures"]
        )

    @property
    def witness(self) -> tuple[Figure, ...] | None:
        """The figures whose unrounded amount differs from print, if amounts were found; all others can be just as printed."""
        if not self.is_possible:
            return None
        return tuple(one for one in self.figures if one.amount != (Decimal(0) if one.in_print == "none" else one.printed))

    @property
    def certificate(self) -> tuple[Contradiction, ...]:
        """The contradictions; none where the figures can stand together."""
        names = [one["name"] for one in self._data["figures"]]
        sums = [one["name"] for one in self._data["sums"]]
        return tuple(
            Contradiction(
                one["words"],
                tuple(sums[at] for at in one["sums"]),
                tuple(names[at] for at in one["figures"]),
                Decimal(one["at_least"]),
                Decimal(one["at_most"]),
            )
            for one in self._data["contradictions"]
        )

    @property
    def culprits(self) -> tuple[Culprit, ...]:
        """The changes that would make everything fit, the most convincing first. An exchange of two figures is two culprits."""
        figures = self.figures
        return tuple(
            Culprit(
                figures[one["figure"]].name,
                figures[one["figure"]].printed,
                _decimal(one["number"]),
                tuple(Decimal(number) for number in one["numbers"] or ()),
                _interval(one["amounts"]),
                explanation["slip"],
                explanation["words"],
                at < cause["equally_good"],
            )
            for cause in self._data["causes"]
            for at, explanation in enumerate(cause["explanations"])
            for one in explanation["corrections"]
        )

    @property
    def unlikely(self) -> tuple[str, ...]:
        """Sums that rounding can explain but hardly ever does, in words."""
        return tuple(one["words"] for one in self._data["unlikely"])

    @property
    def errors(self) -> tuple[str, ...]:
        """What is wrong in figures that a workbook prints and a plan does not keep, in words: subtotals, and amounts of lines.

        One of them makes the verdict `inconsistent`, whatever the other figures do. `plan.check()` tells where each stands.

        >>> logframe.read_excel("examples/tables/budget.xlsx").reconcile().errors
        ('Field visits is typed as 2,400, but 24 x 85 is 2,040',)
        """
        return tuple(one["words"] for one in self._data["errors"])

    @property
    def notes(self) -> tuple[str, ...]:
        """What a table was read as, and what of it was left out."""
        return tuple(self._found.notes())

    @property
    def rules(self) -> dict[str, str]:
        """Every rounding rule with the verdict if all figures had been rounded by it."""
        return {one["rounding"]: one["verdict"] for one in self._data["rules"]}

    def range(self, ids: str) -> Interval | None:
        """The amounts a figure can have as far as all others allow, all statements of it disregarded; `None` if there is none.

        `ids` is `"total"`, `"office=ecuador"`, `"office=ecuador,result=1"`, or in a table `"row=Peru,column=2018"`.

        >>> str(plan.reconcile().range("office=panama"))
        '[2000096, 2000100]'
        """
        value = _json.loads(self._found.range(ids)[0])
        if value["reason"] is not None:
            raise ValueError(f"it cannot be decided: {value['reason']}")
        return None if value["amounts"] is None else _interval(value["amounts"])

    def ranges(self, *ids: str) -> dict[str, Interval | None]:
        """The ranges of several figures by their ids; of all that have any, where none is named.

        >>> {ids: str(amounts) for ids, amounts in plan.reconcile().ranges("total").items()}
        {'total': '[32326038.5, 32326043.5]'}
        """
        every = dict.fromkeys(",".join(one["ids"]) for one in self._data["figures"] if one["ids"])
        return {one: self.range(one) for one in ids or every}

    def repair(self, how: Literal["least", "fewest"] = "fewest", *, fixed: Iterable[str] = ()) -> tuple[tuple[Change, ...], ...]:
        """The repairs that change as little (`least`), or as few figures (`fewest`), as can be; all equally good ones found.

        `fixed` are figures that stay: `"cells"`, `"totals"`, or ids as with `range`.

        >>> [abs(change.number - change.printed) for change in plan.reconcile().repair("least", fixed=["totals"])[0]]
        [Decimal('1'), Decimal('1'), Decimal('1'), Decimal('1'), Decimal('1')]
        """
        figures = self.figures
        kept = [fixed] if isinstance(fixed, str) else list(fixed)
        repairs = self._found.repair(how, kept)
        return tuple(tuple(Change(figures[at].name, figures[at].printed, number) for at, number in repair) for repair in repairs)

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain data, amounts as strings: what `logframe reconcile --format json` prints.

        >>> plan.reconcile().to_dict()["printed"]
        {'amounts': 130, 'shares': 22}
        """
        copy: dict[str, Any] = _json.loads(self._found.json())
        return copy

    def __copy__(self) -> Reconciliation:
        return self

    def __deepcopy__(self, _memo: object, /) -> Reconciliation:
        return self

    def __reduce__(self) -> tuple[type[Reconciliation], tuple[Any, ...]]:
        return Reconciliation, (self._made_by,)

    def __eq__(self, other: object) -> bool:
        return self._data == other._data if isinstance(other, Reconciliation) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._found.json())

    def __str__(self) -> str:
        return self._found.text(100).rstrip()

    def __repr__(self) -> str:
        return f"<Reconciliation {self.verdict}: {self._found.headline()}>"

    def _repr_html_(self) -> str:
        return self._found.html()


def reconcile(  # noqa: PLR0913  what can be said about a table
    table: Plan | Any,
    *,
    columns: Sequence[str] | None = None,
    labels: int | None = None,
    total_row: _Line = "auto",
    total_column: _Line = "auto",
    unit: Decimal | int | str | None = None,
    rounding: _Rounding | None = None,
    blank: _Meaning = "unknown",
    none: _Meaning = "zero",
    printed_sums: bool = False,
    numbers: str | None = None,
) -> Reconciliation:
    """Whether one unrounded table can stand behind every figure of a printed one.

    `table` is a plan, a list of rows, a dict of columns, or a data frame (pandas, polars, pyarrow, duckdb) whose figures are
    text, whole numbers or decimals. A float column is refused. Rows of totals and the column of totals are found by their
    names, or named: by name, by position from 0, `True` for the last, `None` for none. `unit` is what figures were rounded
    to; without it they are exact.

    >>> rows = [["", "1", "2", "Total"], ["A", 120, 235, 354], ["B", 310, 145, 456], ["Total", 431, 381, 811]]
    >>> found = logframe.reconcile(rows, unit=1)
    >>> found.verdict, found.certificate[0].at_least, found.certificate[0].at_most
    ('inconsistent', Decimal('811'), Decimal('810.5'))
    """
    said = {
        "labels": labels,
        "total_row": total_row,
        "total_column": total_column,
        "unit": unit,
        "rounding": rounding,
        "blank": blank,
        "none": none,
        "printed_sums": printed_sums,
        "numbers": numbers,
    }
    if isinstance(table, Plan):
        return _reconcile_declared(table, {**said, "columns": columns})
    rows = rows_of(table, columns)
    return Reconciliation((_reconcile_table, (rows.csv(), how_read(rows, **said))))


def _reconcile_declared(plan: Plan, said: dict[str, Any]) -> Reconciliation:
    usual = {"total_row": "auto", "total_column": "auto", "blank": "unknown", "none": "zero", "printed_sums": False}
    for name, value in said.items():
        if value != usual.get(name):
            raise TypeError(f"`{name}` is for tables: a plan declares itself how its figures are printed and what its totals are")
    return Reconciliation((_reconcile_plan, (plan,)))


def round_table(  # noqa: PLR0913  as above
    table: Any,
    *,
    unit: Decimal | int | str,
    columns: Sequence[str] | None = None,
    labels: int | None = None,
    total_row: _Line = "auto",
    total_column: _Line = "auto",
    numbers: str | None = None,
) -> dict[str, tuple[Decimal | None, ...]]:
    """A table rounded so that every cell and total is one of the two multiples next to it and all sums hold, the nearest such.

    Rows go by their names; of rows that share one, the second is `x (2)`.

    >>> logframe.round_table([["", "a", "b", "Total"], ["x", "1.5", "1.5", "3"], ["y", "2.5", "0.5", "3"]], unit=1)
    {'x': (Decimal('1'), Decimal('2'), Decimal('3')), 'y': (Decimal('2'), Decimal('1'), Decimal('3'))}
    """
    rows = rows_of(table, columns)
    how = how_read(rows, labels=labels, total_row=total_row, total_column=total_column, numbers=numbers)
    rounded: dict[str, tuple[Decimal | None, ...]] = {}
    for name, cells in _round_table(rows.csv(), exact_text(unit), how):
        rounded[_another(name, rounded)] = tuple(cells)
    return rounded


def _another(name: str, names: Iterable[str]) -> str:
    """The name, with a number where another row has it already."""
    tried = (name if count == 1 else f"{name} ({count})" for count in _count(1))
    return next(one for one in tried if one not in names)


@overload
def split(
    amount: Decimal | int | str,
    weights: Mapping[str, Decimal | int | str],
    *,
    unit: Decimal | int | str = ...,
    method: _Method = ...,
) -> dict[str, Decimal]: ...
@overload
def split(
    amount: Decimal | int | str, weights: Sequence[Decimal | int | str], *, unit: Decimal | int | str = ..., method: _Method = ...
) -> list[Decimal]: ...
def split(
    amount: Decimal | int | str,
    weights: Mapping[str, Decimal | int | str] | Sequence[Decimal | int | str],
    *,
    unit: Decimal | int | str = "0.01",
    method: _Method = "largest-remainder",
) -> dict[str, Decimal] | list[Decimal]:
    """An amount split over weights into whole units, with parts that sum exactly. Ties go to the earlier line.

    >>> logframe.split(100, [1, 1, 1], unit=1)
    [Decimal('34'), Decimal('33'), Decimal('33')]
    >>> logframe.split("10.00", {"north": 2, "south": 1})
    {'north': Decimal('6.67'), 'south': Decimal('3.33')}
    """
    if isinstance(weights, str | bytes) or not isinstance(weights, Iterable):
        raise TypeError(f"weights are a list or a dict of numbers, and no object of type `{type(weights).__name__}`")
    names, values = (list(weights), list(weights.values())) if isinstance(weights, Mapping) else (None, list(weights))
    parts = _split(exact_text(amount), [_weight(at, weight) for at, weight in enumerate(values, 1)], exact_text(unit), method)
    return parts if names is None else dict(zip(names, parts, strict=True))


def _weight(at: int, weight: Any) -> str:
    try:
        return exact_text(weight)
    except (TypeError, ValueError) as error:
        raise type(error)(f"weight {at}: {error}") from None
