"""An independent judge: z3, which knows exact fractions and nothing of this library, decides the same tables."""

import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import pytest

import logframe

z3 = pytest.importorskip("z3", reason="the judge needs z3-solver")

TABLES, PLANS, RANGES = 160, 80, 40
RULES = (
    "nearest",
    "half-up",
    "half-down",
    "half-away",
    "half-toward-zero",
    "half-even",
    "floor",
    "ceiling",
    "truncate",
    "away-from-zero",
)


class Interval(NamedTuple):
    """Where the amount behind a printed figure lies; written anew from the meaning of each rule."""

    low: Fraction
    low_in: bool
    high: Fraction
    high_in: bool

    def holds(self, amount: Any) -> list[Any]:
        low, high = z3.Q(self.low.numerator, self.low.denominator), z3.Q(self.high.numerator, self.high.denominator)
        return [amount >= low if self.low_in else amount > low, amount <= high if self.high_in else amount < high]

    def inside(self, amount: Any) -> list[Any]:
        is_point = self.low == self.high
        return (self if is_point else self._replace(low_in=False, high_in=False)).holds(amount)


def interval(printed: Fraction, unit: Fraction, rule: str) -> Interval:
    half, sign = unit / 2, (printed > 0) - (printed < 0)
    is_even = printed / unit % 2 == 0
    to_half = {
        "nearest": (True, True),
        "half-up": (True, False),
        "half-down": (False, True),
        "half-away": (sign > 0, sign < 0),
        "half-toward-zero": (sign <= 0, sign >= 0),
        "half-even": (is_even, is_even),
    }
    if rule in to_half:
        low_in, high_in = to_half[rule]
        return Interval(printed - half, low_in, printed + half, high_in)
    down = unit if rule in ("ceiling", "truncate", "away-from-zero") else Fraction(0)
    up = unit if rule in ("floor", "truncate", "away-from-zero") else Fraction(0)
    if (rule == "truncate" and sign > 0) or (rule == "away-from-zero" and sign <= 0):
        down = Fraction(0)
    if (rule == "truncate" and sign < 0) or (rule == "away-from-zero" and sign >= 0):
        up = Fraction(0)
    return Interval(printed - down, not down, printed + up, not up)


def rounded(amount: Fraction, unit: Fraction, rule: str) -> Fraction:
    """The printed figure of an amount; of two that could be, either."""
    below = amount // unit * unit
    candidates = [below, below + unit]
    return next(number for number in candidates if amount in Within(interval(number, unit, rule)))


class Within:
    def __init__(self, own: Interval) -> None:
        self.own = own

    def __contains__(self, amount: Fraction) -> bool:
        low, low_in, high, high_in = self.own
        return (low < amount or (low_in and low == amount)) and (amount < high or (high_in and high == amount))


def verdict(made: "Table") -> str:
    if made.is_exact():
        return "exact"
    if not is_possible(made.conditions()):
        return "inconsistent"
    return "consistent" if is_possible(made.conditions(strict=True)) else "knife-edge"


def is_possible(conditions: list[Any]) -> bool:
    solver = z3.Solver()
    solver.add(*conditions)
    answer = solver.check()
    assert answer != z3.unknown
    return bool(answer == z3.sat)


class Table(NamedTuple):
    """A generated table: printed cells, and the lines that are sums of lines."""

    rows: list[list[Fraction | None]]
    row_sums: dict[int, list[int]]
    column_sums: dict[int, list[int]]
    unit: Fraction
    rule: str
    names: list[str]
    columns: list[str]

    def equations(self, amount: Callable[[int, int], Any]) -> Iterator[tuple[Any, list[Any]]]:
        for total, parts in self.row_sums.items():
            for column in range(len(self.columns)):
                yield amount(total, column), [amount(part, column) for part in parts]
        for total, parts in self.column_sums.items():
            for row in range(len(self.rows)):
                yield amount(row, total), [amount(row, part) for part in parts]

    def conditions(self, *, strict: bool = False, without: tuple[int, int] | None = None) -> list[Any]:
        found = [total == z3.Sum(parts) for total, parts in self.equations(variable)]
        for i, row in enumerate(self.rows):
            for j, printed in enumerate(row):
                if printed is not None and (i, j) != without:
                    own = interval(printed, self.unit, self.rule)
                    found += own.inside(variable(i, j)) if strict else own.holds(variable(i, j))
        return found

    def is_exact(self) -> bool:
        if any(cell is None for row in self.rows for cell in row):
            cells = [
                z3.RealVal(str(cell)) == variable(i, j)
                for i, row in enumerate(self.rows)
                for j, cell in enumerate(row)
                if cell is not None
            ]
            return is_possible(cells + [total == z3.Sum(parts) for total, parts in self.equations(variable)])
        return all(total == sum(parts) for total, parts in self.equations(lambda i, j: self.rows[i][j]))

    def reconciled(self) -> logframe.Reconciliation:
        cells = [
            [name, *(None if cell is None else decimal(cell) for cell in row)]
            for name, row in zip(self.names, self.rows, strict=True)
        ]
        rule: Any = self.rule
        return logframe.reconcile(cells, columns=["", *self.columns], unit=decimal(self.unit), rounding=rule)

    def places(self) -> set[tuple[int, tuple[int, ...]]]:
        """The sums, with cells counted row by row."""
        return {(total, tuple(parts)) for total, parts in self.equations(lambda i, j: i * len(self.columns) + j)}


def variable(row: int, column: int) -> Any:
    return z3.Real(f"x_{row}_{column}")


def decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def table(seed: int) -> Table:
    """A table rounded from exact amounts, half of them spoiled by a few units, a third with subtotals, some with gaps."""
    dice = random.Random(seed)  # noqa: S311  generated tables are no secret
    rule = dice.choice(RULES)
    unit = dice.choice([Fraction(1), Fraction(1), Fraction(1, 10), Fraction(1000)])
    groups = dice.choice([[3], [4], [5], [2, 3], [3, 2], [2, 2, 2]])
    lowest = -40000 if dice.random() < 0.3 else 5000
    width, is_flat = dice.randint(3, 4), len(groups) == 1
    exact: list[list[Fraction]] = []
    names: list[str] = []
    row_sums: dict[int, list[int]] = {}
    for number, size in enumerate(groups):
        own = list(range(len(exact), len(exact) + size))
        exact += [[Fraction(dice.randint(lowest, 90000), 10) * unit for _ in range(width)] for _ in own]
        names += [f"office {at}" for at in own]
        if not is_flat:
            row_sums[len(exact)] = own
            exact.append([sum((exact[at][j] for at in own), Fraction(0)) for j in range(width)])
            names.append(f"Subtotal {number}")
    parts = list(row_sums) or list(range(len(exact)))
    row_sums[len(exact)] = parts
    exact.append([sum((exact[at][j] for at in parts), Fraction(0)) for j in range(width)])
    exact = [[*row, sum(row, Fraction(0))] for row in exact]
    printed: list[list[Fraction | None]] = [[rounded(cell, unit, rule) for cell in row] for row in exact]
    if dice.random() < 0.6:
        for _ in range(dice.randint(1, 3)):
            row, column = dice.randrange(len(printed)), dice.randrange(width + 1)
            printed[row][column] = (printed[row][column] or Fraction(0)) + dice.choice([-2, -1, 1, 2]) * unit
    if dice.random() < 0.2:
        printed[dice.randrange(groups[0])][dice.randrange(width)] = None
    columns = [f"head {at}" for at in range(width)] + ["Total"]
    return Table(printed, row_sums, {width: list(range(width))}, unit, rule, [*names, "Total"], columns)


@pytest.mark.parametrize("start", range(0, TABLES, 20))
def test_the_judge_and_the_library_agree_on_tables(start: int) -> None:
    seen = set()
    for seed in range(start, start + 20):
        made = table(seed)
        found = made.reconciled()
        sums = {(line["total"], tuple(line["parts"])) for line in found.to_dict()["sums"]}
        assert sums == made.places(), f"table {seed} is read otherwise"
        expected = verdict(made)
        assert found.verdict == expected, f"table {seed}: {made}"
        seen.add(expected)
    assert seen >= {"consistent", "inconsistent"}


@pytest.mark.parametrize("seed", range(RANGES))
def test_the_judge_and_the_library_agree_on_what_an_amount_can_be(seed: int) -> None:
    made = table(seed)
    dice = random.Random(seed)  # noqa: S311  generated tables are no secret
    row, column = dice.randrange(len(made.rows)), dice.randrange(len(made.columns))
    found = made.reconciled().range(f"row={made.names[row]},column={made.columns[column]}")
    amount, others = variable(row, column), made.conditions(without=(row, column))
    assert (found is not None) == is_possible(others)
    if found is None:
        return
    assert found.low is not None
    assert found.high is not None
    low, high, near = z3.RealVal(str(found.low)), z3.RealVal(str(found.high)), z3.RealVal("0.0000001")
    assert not is_possible([*others, z3.Or(amount < low, amount > high)])
    assert is_possible([*others, amount == low]) == found.low_included
    assert is_possible([*others, amount == high]) == found.high_included
    assert is_possible([*others, amount < low + near])
    assert is_possible([*others, amount > high - near])


class PlanFile(NamedTuple):
    """A generated plan: cells in one unit, totals in another, shares in per cent."""

    text: str
    conditions: list[Any]
    strict: list[Any]


def plan(seed: int) -> PlanFile:
    dice = random.Random(1000 + seed)  # noqa: S311
    rules = [dice.choice(RULES[:7]) for _ in range(3)]
    units = [Fraction(1), dice.choice([Fraction(1), Fraction(10), Fraction(100)]), dice.choice([Fraction(1), Fraction(1, 10)])]
    size = (dice.randint(2, 4), dice.randint(2, 3))
    exact = [[Fraction(dice.randint(1000, 90000), 10) for _ in range(size[1])] for _ in range(size[0])]
    offices, heads = [f"office{i}" for i in range(size[0])], [f"head{j}" for j in range(size[1])]
    conditions: list[Any] = []
    strict: list[Any] = []

    def state(amount: Fraction, unknown: Any, kind: int, off: float) -> str:
        """Prints an amount, perhaps a little wrong, and tells the judge."""
        printed = rounded(amount, units[kind], rules[kind])
        if dice.random() < off:
            printed += dice.choice([-1, 1]) * units[kind]
        own = interval(printed, units[kind], rules[kind])
        conditions.extend(own.holds(unknown))
        strict.extend(own.inside(unknown))
        return str(decimal(printed))

    def share(part: list[Any], whole: list[Any], amount: Fraction, off: float) -> str:
        ratio = z3.Real(f"r{len(conditions)}")
        told = state(amount, ratio, 2, off)
        # `100 part = ratio whole` is no linear condition, its ends are.
        own = interval(Fraction(told), units[2], rules[2])
        for conditions_of, all_in in ((conditions, None), (strict, False)):
            del conditions_of[-2:]
            low_in, high_in = (own.low_in, own.high_in) if all_in is None else (False, False)
            low, high = z3.Q(own.low.numerator, own.low.denominator), z3.Q(own.high.numerator, own.high.denominator)
            top, bottom = 100 * z3.Sum(part), z3.Sum(whole)
            conditions_of += [
                top >= low * bottom if low_in else top > low * bottom,
                top <= high * bottom if high_in else top < high * bottom,
            ]
        return told

    off = dice.choice([0, 0.05, 0.15])
    cells = [[variable(i, j) for j in range(size[1])] for i in range(size[0])]
    lines = ['format = 1\n[plan]\nid = "judged"\ntitle = "Judged"\ncurrency = "USD"']
    lines.append(f'printed = {{ unit = 1, rounding = "{rules[0]}" }}')
    lines += [f'[[head]]\nid = "{head}"\ntitle = "{head}"' for head in heads]
    lines += [f'[[office]]\nid = "{office}"\nname = "{office}"' for office in offices]
    lines.append("[budget]")
    for i, office in enumerate(offices):
        told = [f"{head} = {state(exact[i][j], cells[i][j], 0, 0)}" for j, head in enumerate(heads)]
        lines.append(f"{office} = {{ {', '.join(told)} }}")
    everything = [cell for row in cells for cell in row]
    grand = sum((sum(row, Fraction(0)) for row in exact), Fraction(0))
    lines.append(f'[[declared]]\nwhere = "table"\nprinted = {{ unit = {decimal(units[1])}, rounding = "{rules[1]}" }}')
    lines.append(f"total = {state(grand, z3.Sum(everything), 1, off)}")
    by_office = [f"{office} = {state(sum(exact[i], Fraction(0)), z3.Sum(cells[i]), 1, off)}" for i, office in enumerate(offices)]
    lines.append(f"offices = {{ {', '.join(by_office)} }}")
    of_head = [(sum((row[j] for row in exact), Fraction(0)), [row[j] for row in cells]) for j in range(size[1])]
    by_head = [f"{head} = {state(of_head[j][0], z3.Sum(of_head[j][1]), 1, off)}" for j, head in enumerate(heads)]
    lines.append(f"results = {{ {', '.join(by_head)} }}")
    if dice.random() < 0.7:
        lines.append(f'[declared.shares]\nunit = {decimal(units[2])}\nrounding = "{rules[2]}"')
        told = [f"{head} = {share(of_head[j][1], everything, 100 * of_head[j][0] / grand, off)}" for j, head in enumerate(heads)]
        lines.append(f"results = {{ {', '.join(told)} }}")
    return PlanFile("\n".join(lines), conditions, strict)


@pytest.mark.parametrize("start", range(0, PLANS, 20))
def test_the_judge_and_the_library_agree_on_plans_with_two_units_and_shares(start: int) -> None:
    seen = set()
    for seed in range(start, start + 20):
        made = plan(seed)
        found = logframe.loads(made.text).reconcile()
        expected = is_possible(made.conditions)
        assert found.verdict != "undecided"
        assert found.is_possible == expected, f"plan {seed}: {found.verdict}\n{made.text}"
        if found.verdict in ("consistent", "knife-edge"):
            assert (found.verdict == "consistent") == is_possible(made.strict), f"plan {seed}: {found.verdict}\n{made.text}"
        seen.add(expected)
    assert seen == {True, False}
