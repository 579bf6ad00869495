"""The money from outcomes to offices, as ribbons."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from . import cells, theme

if TYPE_CHECKING:
    import altair

    from logframe._logframe import Plan

TITLE = "From outcomes to offices"
STEPS = 24
# Where the ribbons begin and end, in a chart that is 1 wide.
LEFT, RIGHT = 0.0, 1.0
# The height of a line of text.
LINE = 13


class Block(NamedTuple):
    """An outcome or an office as a block of the height of its money."""

    name: str
    amount: Decimal
    low: float
    high: float


def chart(plan: Plan) -> altair.LayerChart:
    """Ribbons as wide as the money they carry, in the colours of the outcomes."""
    alt, budget = theme.alt(), cells.of(plan)
    amounts = [cell.amount for cell in budget.cells if cell.amount is not None]
    if not any(amounts):
        return theme.said(plan, TITLE, "No amount is allocated yet.")
    if any(amount < 0 for amount in amounts):
        return theme.said(plan, TITLE, "Some amounts are negative: a ribbon cannot show less than nothing.")
    outcomes = _blocks([(name, budget.of_outcome(name)) for name in budget.outcomes])
    offices = _blocks([(name, budget.of_office(name)) for name in budget.largest_first()])
    height = max(380, 21 * len(offices))
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[LEFT - 0.02, RIGHT + 0.02]))
    down = alt.Scale(reverse=True, domain=[0, max(outcomes[-1].high, offices[-1].high) * 1.03], nice=False)
    y, middle = alt.Y("low:Q", axis=None, scale=down), alt.Y("middle:Q", axis=None, scale=down)
    colour = alt.Color("outcome:N", scale=theme.colours(budget.outcomes), legend=None)
    ribbons = (
        alt.Chart(theme.data(_ribbons(plan, budget, outcomes, offices)))
        .mark_area(opacity=0.62)
        .encode(
            x=x,
            y=y,
            y2="high:Q",
            color=colour,
            detail=["outcome:N", "office:N"],
            tooltip=theme.tooltips(("outcome", "Outcome"), ("office", "Office"), ("exact", "Amount")),
        )
    )
    sides = [(outcomes, LEFT, colour), (offices, RIGHT, alt.value(theme.QUIET))]
    ends = []
    for blocks, at, ink in sides:
        base, is_left = alt.Chart(theme.data(_ends(plan, blocks, at, height))), at == LEFT
        ends.append(base.mark_rule(strokeWidth=7, strokeCap="butt").encode(x=x, y=y, y2="high:Q", color=ink))
        text = base.mark_text(align="right" if is_left else "left", dx=-8 if is_left else 8)
        ends.append(text.encode(x=x, y=middle, text="words:N"))
    return theme.titled(plan, alt.layer(ribbons, *ends).properties(width=330, height=height), TITLE)


def _blocks(amounts: list[tuple[str, Decimal | None]]) -> list[Block]:
    """Blocks under each other, in shares of the whole, with gaps between them."""
    given = [(name, amount) for name, amount in amounts if amount]
    whole = sum((amount for _, amount in given), Decimal(0))
    gap, at, blocks = 0.6 / max(len(given), 6), 0.0, []
    for name, amount in given:
        high = at + theme.drawn(amount / whole)
        blocks.append(Block(name, amount, at, high))
        at = high + gap
    return blocks


def _ribbons(plan: Plan, budget: cells.Budget, outcomes: list[Block], offices: list[Block]) -> list[dict[str, Any]]:
    whole = sum((block.amount for block in outcomes), Decimal(0))
    leaving, arriving = {block.name: block.low for block in outcomes}, {block.name: block.low for block in offices}
    place = {block.name: at for at, block in enumerate(offices)}
    rows = []
    carried = sorted((cell for cell in budget.cells if cell.amount), key=lambda cell: place[cell.office])
    for outcome in outcomes:
        for cell in (cell for cell in carried if cell.outcome == outcome.name):
            amount = cell.amount or Decimal(0)
            width = theme.drawn(amount / whole)
            start, end = leaving[cell.outcome], arriving[cell.office]
            leaving[cell.outcome], arriving[cell.office] = start + width, end + width
            words = {"outcome": cell.outcome, "office": cell.office, "exact": theme.money(plan, amount)}
            for step in range(STEPS + 1):
                t = step / STEPS
                low = start + (end - start) * t * t * (3 - 2 * t)
                rows.append({"x": LEFT + (RIGHT - LEFT) * t, "low": low, "high": low + width, **words})
    return rows


def _ends(plan: Plan, blocks: list[Block], at: float, height: int) -> list[dict[str, Any]]:
    """The blocks with their labels, which are moved down where they would touch."""
    rows, free = [], 0.0
    line = LINE * blocks[-1].high / height
    for block in blocks:
        middle = max((block.low + block.high) / 2, free)
        free = middle + line
        words = f"{theme.short(block.name, 34)}  {theme.grouped(plan, block.amount)}"
        rows.append({"x": at, "low": block.low, "high": block.high, "middle": middle, "outcome": block.name, "words": words})
    return rows
