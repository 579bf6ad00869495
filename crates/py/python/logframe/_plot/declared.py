"""Printed totals that miss their parts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from . import theme

if TYPE_CHECKING:
    import altair

    from logframe._logframe import Plan

TITLE = "Printed totals that differ from their parts"
MOST = 40
VERDICTS = ["within rounding", "wrong"]


def chart(plan: Plan) -> altair.LayerChart:
    """A point for each printed total that differs, on the band that rounding allows."""
    alt = theme.alt()
    sums = [one for one in plan.reconcile().to_dict()["sums"] if one["difference"] is not None and one["declared"] is not None]
    differing = [one for one in sums if Decimal(one["difference"]) != 0]
    if not sums:
        return theme.said(plan, TITLE, "The plan prints no totals that could be compared.")
    if not differing:
        return theme.said(plan, TITLE, f"All {len(sums)} printed totals equal what their parts add up to.")
    shown = sorted(differing, key=lambda one: -abs(Decimal(one["difference"])))[:MOST]
    rows = [_row(plan, one) for one in shown]
    order = [row["name"] for row in rows]
    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelLimit=360, ticks=False, domain=False))
    axis = alt.Axis(labelExpr=theme.axis_labels(plan), tickCount=6)
    x = alt.X("difference:Q", title=f"printed less computed, {plan.currency}", axis=axis)
    tips = theme.tooltips(
        ("name", "Total"), ("printed", "Printed"), ("computed", "Computed"), ("exact", "Difference"), ("band", "Rounding allows")
    )
    base = alt.Chart(theme.data(rows)).encode(y=y, tooltip=tips)
    band = base.mark_bar(height=9, color="#CFE3F3").encode(x=alt.X("least:Q"), x2="greatest:Q")
    legend = alt.Legend(orient="bottom", title=None)
    ink = alt.Color("verdict:N", scale=alt.Scale(domain=VERDICTS, range=[theme.PALETTE[0], "#B3261E"]), legend=legend)
    shape = alt.Shape("verdict:N", scale=alt.Scale(domain=VERDICTS, range=["circle", "diamond"]), legend=legend)
    points = base.mark_point(size=95, filled=True, opacity=1).encode(x=x, color=ink, shape=shape)
    zero = alt.Chart(theme.data([{"at": 0}])).mark_rule(color=theme.QUIET).encode(x="at:Q")
    layers = alt.layer(band, zero, points).properties(width=420, height=alt.Step(24))
    remarks = [
        f"{len(differing)} of {len(sums)} printed totals differ. The band is what rounding of the parts and of the total allows."
    ]
    if len(differing) > MOST:
        remarks.append(f"The {MOST} largest differences are shown.")
    return theme.titled(plan, layers, TITLE, *remarks)


def _row(plan: Plan, one: dict[str, Any]) -> dict[str, Any]:
    difference, slack = Decimal(one["difference"]), one["slack"] or {"least": "0", "greatest": "0"}
    least, greatest = Decimal(slack["least"]), Decimal(slack["greatest"])
    is_allowed = least <= difference <= greatest
    return {
        "name": theme.short(f"{one['name']} ({one['place']})", 70),
        "difference": theme.drawn(difference),
        "least": theme.drawn(least),
        "greatest": theme.drawn(greatest),
        "verdict": VERDICTS[0] if is_allowed else VERDICTS[1],
        "printed": theme.money(plan, Decimal(one["declared"])),
        "computed": theme.money(plan, Decimal(one["computed"])),
        "exact": theme.grouped(plan, difference),
        "band": f"{theme.grouped(plan, least)} to {theme.grouped(plan, greatest)}",
    }
