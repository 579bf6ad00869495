"""Which office carries out which activity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import theme
from .cells import unique

if TYPE_CHECKING:
    import altair

    from logframe._logframe import Plan

TITLE = "Activities by office"


def chart(plan: Plan) -> altair.LayerChart:
    """A dot where a sheet of the office lists the activity."""
    alt = theme.alt()
    names = dict(zip((office.id for office in plan.offices), unique([office.name for office in plan.offices]), strict=True))
    outcomes = [outcome.title for outcome in plan.outcomes]
    activities = {activity.id: f"{activity.id}  {theme.short(activity.title, 64)}" for activity in plan.activities}
    if not activities or not names:
        return theme.said(plan, TITLE, "There are no offices and activities to cross yet.")
    rows = []
    for activity in plan.activities:
        outcome = activity.outcome.title if activity.outcome else ""
        marks = {"activity": activities[activity.id], "title": activity.title, "outcome": outcome}
        rows += [{"office": names[office.id], **marks} for office in activity.offices]
    if not rows:
        return theme.said(plan, TITLE, "No sheet lists the activities of its office.")
    lines = alt.Axis(labelLimit=430, ticks=False, domain=False, grid=True)
    y = alt.Y("activity:N", scale=alt.Scale(domain=list(activities.values())), title=None, axis=lines)
    heads = alt.Axis(orient="top", labelAngle=-50, labelAlign="left", ticks=False, domain=False, grid=True, labelPadding=6)
    x = alt.X("office:N", scale=alt.Scale(domain=list(names.values())), title=None, axis=heads)
    dots = (
        alt.Chart(theme.data(rows))
        .mark_circle(size=85, opacity=1)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "outcome:N", scale=theme.colours(outcomes), title=None, legend=alt.Legend(orient="bottom", columns=2)
            ),
            tooltip=theme.tooltips(("office", "Office"), ("title", "Activity"), ("outcome", "Outcome")),
        )
    )
    layers = alt.layer(dots).properties(width=alt.Step(26), height=alt.Step(17))
    return theme.titled(
        plan, layers, TITLE, "A dot where a sheet of the office lists the activity.", *plan.table("activities").notes
    )
