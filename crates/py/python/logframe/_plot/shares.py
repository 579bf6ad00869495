"""Shares of the whole."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Literal

from . import cells, theme

if TYPE_CHECKING:
    import altair

    from logframe._logframe import Plan


def chart(plan: Plan, by: Literal["office", "outcome"]) -> altair.LayerChart:
    """Bars, the largest first, each with its share in per cent."""
    if by not in ("office", "outcome"):
        raise ValueError(f'`by` is "office" or "outcome", not {by!r}')
    alt, budget, title = theme.alt(), cells.of(plan), f"Share of the budget by {by}"
    names = budget.offices if by == "office" else budget.outcomes
    amounts = {name: (budget.of_office(name) if by == "office" else budget.of_outcome(name)) for name in names}
    whole = sum((amount for amount in amounts.values() if amount is not None), Decimal(0))
    if whole <= 0:
        return theme.said(plan, title, "There is no budget yet of which something could be a share.")
    rows = [_row(plan, name, amount, whole) for name, amount in amounts.items() if amount is not None]
    order = [row["name"] for row in sorted(rows, key=lambda row: -float(str(row["share"])))]
    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelLimit=260, ticks=False, domain=False))
    x = alt.X("share:Q", title="% of the budget", axis=alt.Axis(labelExpr=theme.axis_labels(plan), tickCount=5))
    tips = theme.tooltips(("name", by.capitalize()), ("exact", "Share"), ("amount", "Amount"))
    base = alt.Chart(theme.data(rows)).encode(y=y, x=x, tooltip=tips)
    layers = alt.layer(base.mark_bar(color=theme.PALETTE[0]), base.mark_text(align="left", dx=5).encode(text="exact:N"))
    without = len(names) - len(rows)
    remark = [f"{without} without an amount {'is' if without == 1 else 'are'} left out."] if without else []
    whole_of = f"Of what the cells add up to, {theme.money(plan, whole)}."
    return theme.titled(plan, layers.properties(width=460, height=alt.Step(22)), title, whole_of, *remark)


def _row(plan: Plan, name: str, amount: Decimal, whole: Decimal) -> dict[str, object]:
    share = amount * 100 / whole
    shown = share.quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    # A share is a quotient: it is rounded where it is written, too.
    return {
        "name": name,
        "share": theme.drawn(share),
        "exact": f"{theme.grouped(plan, shown)} %",
        "amount": theme.money(plan, amount),
    }
