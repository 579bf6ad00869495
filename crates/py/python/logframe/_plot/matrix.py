"""What each office gets for each outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import cells, theme

if TYPE_CHECKING:
    import altair

    from logframe._logframe import Plan

TITLE = "Budget: offices by outcomes"


def chart(plan: Plan) -> altair.LayerChart:
    """A table with darker cells for larger amounts; none and not given are told apart."""
    alt, budget = theme.alt(), cells.of(plan)
    if not budget.cells:
        return theme.said(plan, TITLE, "There are no offices and outcomes to cross yet.")
    rows = [_row(plan, cell) for cell in budget.cells]
    largest = max((abs(row["amount"]) for row in rows if row["amount"] is not None), default=1) or 1
    labels = {name: theme.wrapped(name, 18) for name in budget.outcomes}
    # The lines of a label go down from its first.
    room = 6 + 13 * (max((len(lines) for lines in labels.values()), default=1) - 1)
    x = alt.X(
        "outcome:N",
        sort=budget.outcomes,
        title=None,
        axis=alt.Axis(
            orient="top", labelAngle=0, labelExpr=_lines(labels), labelLimit=140, ticks=False, domain=False, labelPadding=room
        ),
    )
    y = alt.Y("office:N", sort=budget.offices, title=None, axis=alt.Axis(labelLimit=220, ticks=False, domain=False))
    base = alt.Chart(theme.data(rows)).encode(
        x=x, y=y, tooltip=theme.tooltips(("office", "Office"), ("outcome", "Outcome"), ("exact", "Amount"))
    )
    # Roots let small amounts be seen beside large ones.
    scale = alt.Scale(type="sqrt", domain=[0, largest], range=["#F1F6FB", "#08519C"])
    filled = base.transform_filter("isValid(datum.amount)").mark_rect(stroke="white", strokeWidth=2)
    filled = filled.encode(color=alt.Color("amount:Q", scale=scale, legend=None))
    empty = base.transform_filter("!isValid(datum.amount)").mark_rect(fill="white", stroke=theme.LINE, strokeWidth=1)
    ink = alt.condition(f"isValid(datum.amount) && datum.amount > {0.3 * largest}", alt.value("white"), alt.value(theme.INK))
    text = base.mark_text().encode(text="shown:N", color=ink)
    layers = alt.layer(empty, filled, text).properties(width=alt.Step(118), height=alt.Step(24))
    return theme.titled(plan, layers, TITLE, *_legend(rows))


def _row(plan: Plan, cell: cells.Cell) -> dict[str, Any]:
    if cell.amount is None:
        shown, exact = ("–", "printed as none") if cell.is_none else ("", "not given")
    else:
        shown, exact = theme.grouped(plan, cell.amount), theme.money(plan, cell.amount)
    amount = None if cell.amount is None else theme.drawn(cell.amount)
    return {"office": cell.office, "outcome": cell.outcome, "amount": amount, "shown": shown, "exact": exact}


def _legend(rows: list[dict[str, Any]]) -> list[str]:
    kinds = {"–": "– is printed as none", "": "an empty cell is not given"}
    there = [words for sign, words in kinds.items() if any(row["shown"] == sign for row in rows)]
    return [". ".join(words[0].upper() + words[1:] for words in there) + "."] if there else []


def _lines(labels: dict[str, list[str]]) -> str:
    """The expression that breaks long labels."""
    long = {name: lines for name, lines in labels.items() if len(lines) > 1}
    expression = "datum.label"
    for name, lines in long.items():
        expression = f"datum.label === {name!r} ? {lines!r} : ({expression})"
    return expression
