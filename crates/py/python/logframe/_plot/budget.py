"""What each office gets, by outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import cells, theme

if TYPE_CHECKING:
    import altair

    from logframe._logframe import Plan

TITLE = "Budget by office and outcome"


def chart(plan: Plan) -> altair.LayerChart:
    """Stacked bars, the largest office first, its total behind each."""
    alt, budget = theme.alt(), cells.of(plan)
    rows = [
        {
            "office": cell.office,
            "outcome": cell.outcome,
            "order": budget.outcomes.index(cell.outcome),
            "amount": theme.drawn(cell.amount),
            "exact": theme.money(plan, cell.amount),
        }
        for cell in budget.cells
        if cell.amount is not None
    ]
    if not rows:
        return theme.said(plan, TITLE, "No amount is allocated yet.")
    offices = budget.largest_first()
    totals = [_total(plan, budget, office) for office in offices]
    y = alt.Y("office:N", sort=offices, title=None, axis=alt.Axis(labelLimit=220, ticks=False, domain=False))
    x = alt.X("amount:Q", title=plan.currency, axis=alt.Axis(labelExpr=theme.axis_labels(plan), tickCount=5))
    bars = (
        alt.Chart(theme.data(rows))
        .mark_bar(stroke="white", strokeWidth=0.6)
        .encode(
            y=y,
            x=x,
            color=alt.Color(
                "outcome:N", scale=theme.colours(budget.outcomes), title=None, legend=alt.Legend(orient="bottom", columns=2)
            ),
            order=alt.Order("order:Q"),
            tooltip=theme.tooltips(("office", "Office"), ("outcome", "Outcome"), ("exact", "Amount")),
        )
    )
    text = alt.Chart(theme.data(totals)).mark_text(align="left", dx=5).encode(y=y, x=alt.X("end:Q"), text="exact:N")
    layers = alt.layer(bars, text).properties(width=520, height=alt.Step(22))
    return theme.titled(plan, layers, TITLE)


def _total(plan: Plan, budget: cells.Budget, office: str) -> dict[str, object]:
    amount = budget.of_office(office)
    own = [cell for cell in budget.cells if cell.office == office]
    nothing = "printed as none" if any(cell.is_none for cell in own) else "not given"
    end = theme.drawn(sum(cell.amount for cell in own if cell.amount is not None and cell.amount > 0) or 0)
    return {"office": office, "end": end, "exact": nothing if amount is None else theme.grouped(plan, amount)}
