"""The budget as charts take it: a cell for each crossing of an office and an outcome or budget head."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from logframe._logframe import Plan


class Cell(NamedTuple):
    """A crossing: `amount` is `None` where there is none, `is_none` where the document prints that."""

    office: str
    outcome: str
    amount: Decimal | None
    is_none: bool


class Budget(NamedTuple):
    """Cells, and the names of both sides in the order of the plan; names that stand twice are told apart by their ids."""

    cells: list[Cell]
    offices: list[str]
    outcomes: list[str]

    def of_office(self, name: str) -> Decimal | None:
        """What an office gets."""
        return total(cell for cell in self.cells if cell.office == name)

    def of_outcome(self, name: str) -> Decimal | None:
        """What an outcome gets."""
        return total(cell for cell in self.cells if cell.outcome == name)

    def largest_first(self) -> list[str]:
        """The offices by what they get; those that get nothing last."""
        amounts = {name: self.of_office(name) for name in self.offices}
        return sorted(self.offices, key=lambda name: (amounts[name] is None, -(amounts[name] or 0)))


def total(cells: object) -> Decimal | None:
    """What cells add up to; `None` where none of them has an amount."""
    amounts = [cell.amount for cell in cells if cell.amount is not None]  # type: ignore[attr-defined]
    return sum(amounts, Decimal(0)) if amounts else None


def of(plan: Plan) -> Budget:
    """The budget of a plan."""
    table = plan.pivot("office", "outcome")
    offices = unique([str(row[0]) for row, is_total in zip(table.rows, table.totals, strict=True) if not is_total])
    outcomes = unique([str(name) for name in table.headings[1:-1]])
    cells = []
    for office, row in zip(offices, table.rows, strict=False):
        for outcome, cell in zip(outcomes, row[1:-1], strict=True):
            cells.append(Cell(office, outcome, cell if isinstance(cell, Decimal) else None, cell == "-"))
    return Budget(cells, offices, outcomes)


def unique(names: list[str]) -> list[str]:
    """The names, a number behind those that stood before."""
    seen: dict[str, int] = {}
    told = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        told.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return told
