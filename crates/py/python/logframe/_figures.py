"""What reconciliation tells about figures: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Interval:
    """Amounts from `low` to `high`; `None` is no limit. An end that is not included lies just outside.

    >>> total = plan.reconcile().range("total")
    >>> str(total), 32326040 in total
    ('[32326038.5, 32326043.5]', True)
    """

    low: Decimal | None
    high: Decimal | None
    low_included: bool
    high_included: bool

    def __str__(self) -> str:
        low = "(-∞" if self.low is None else f"{'[' if self.low_included else '('}{self.low}"
        high = "∞)" if self.high is None else f"{self.high}{']' if self.high_included else ')'}"
        return f"{low}, {high}"

    def __contains__(self, amount: Decimal | int) -> bool:
        above = self.low is None or amount > self.low or (self.low_included and amount == self.low)
        below = self.high is None or amount < self.high or (self.high_included and amount == self.high)
        return above and below


@dataclass(frozen=True)
class Figure:
    """A printed figure: its name, where it is printed, its number, and an unrounded amount that can stand behind it.

    `in_print` is `number`, `none` (a dash), `nothing` or `not-available`; only a number has `printed`.

    >>> figure = plan.reconcile().figures[0]
    >>> figure.name, figure.printed, str(figure.stands_for)
    ('Argentina / Data production and dissemination', Decimal('180572'), '[180571.5, 180572.5]')
    """

    name: str
    place: str
    printed: Decimal | None
    amount: Decimal | None
    stands_for: Interval
    in_print: str


@dataclass(frozen=True)
class Contradiction:
    """Sums that cannot hold together, none of which can be left out, in words and by name.

    >>> rows = [["", "1", "2", "Total"], ["A", 120, 235, 354], ["B", 310, 145, 456], ["Total", 431, 381, 811]]
    >>> found = logframe.reconcile(rows, unit=1)
    >>> found.certificate[0].sums
    ('row A', 'column 1', 'column 2')
    """

    words: str
    sums: tuple[str, ...]
    figures: tuple[str, ...]
    at_least: Decimal
    at_most: Decimal


@dataclass(frozen=True)
class Culprit:
    """A figure whose change would make everything fit: what it should print, and the slip that would explain it.

    `is_best` says that nothing explains it better; where several are, it cannot be told which of them it is.

    `number` is `None` where several numbers would do; they are in `numbers` where they are few.

    >>> rows = [["", "1", "2", "Total"], ["A", 120, 235, 354], ["B", 310, 145, 456], ["Total", 431, 381, 811]]
    >>> found = logframe.reconcile(rows, unit=1)
    >>> found.culprits[0].figure, found.culprits[0].numbers
    ('the total of A', (Decimal('355'), Decimal('356')))
    """

    figure: str
    printed: Decimal | None
    number: Decimal | None
    numbers: tuple[Decimal, ...]
    amounts: Interval
    slip: str
    words: str
    is_best: bool


@dataclass(frozen=True)
class Change:
    """A figure and the number that a repair gives it.

    >>> rows = [["", "1", "2", "Total"], ["A", 120, 235, 354], ["B", 310, 145, 456], ["Total", 431, 381, 811]]
    >>> found = logframe.reconcile(rows, unit=1)
    >>> found.repair("fewest")[0]
    (Change(figure='the total of A', printed=Decimal('354'), number=Decimal('355')),)
    """

    figure: str
    printed: Decimal | None
    number: Decimal
