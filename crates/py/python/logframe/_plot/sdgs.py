"""Links to the Sustainable Development Goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import theme

if TYPE_CHECKING:
    import altair

    from logframe._logframe import Plan

TITLE = "Links to the Sustainable Development Goals"

# The colours of the goals, 1 to 17. Source: United Nations, "Sustainable Development Goals: Guidelines for the use of the SDG
# logo", 2019.
COLOURS = [
    "#E5243B",
    "#DDA63A",
    "#4C9F38",
    "#C5192D",
    "#FF3A21",
    "#26BDE2",
    "#FCC30B",
    "#A21942",
    "#FD6925",
    "#DD1367",
    "#FD9D24",
    "#BF8B2E",
    "#3F7E44",
    "#0A97D9",
    "#56C02B",
    "#00689D",
    "#19486A",
]


def chart(plan: Plan) -> altair.LayerChart:
    """A square for each link, a line for each goal, the codes of the targets behind it."""
    alt = theme.alt()
    links: dict[int, list[tuple[str, str, str]]] = {}
    for sdg in plan.sdgs:
        if sdg.goal is not None:
            links.setdefault(sdg.goal, []).extend((sdg.code, sdg.title or sdg.goal_title or "", owner) for owner in sdg.links)
    if not links:
        return theme.said(plan, TITLE, "Nothing in the plan is linked to a goal or target.")
    goals = {sdg.goal: f"{sdg.goal}  {sdg.goal_title}" for sdg in plan.sdgs if sdg.goal is not None}
    order = [goals[goal] for goal in sorted(links)]
    rows = [
        {"goal": goals[goal], "at": at, "end": at + 1, "code": code, "title": title, "owner": owner, **_colours(goal)}
        for goal, several in sorted(links.items())
        for at, (code, title, owner) in enumerate(several)
    ]
    y = alt.Y("goal:N", sort=order, title=None, axis=alt.Axis(labelLimit=320, ticks=False, domain=False))
    x = alt.X("at:Q", axis=None)
    tips = theme.tooltips(("code", "Code"), ("title", "Text"), ("owner", "Linked from"))
    base = alt.Chart(theme.data(rows)).encode(y=y, tooltip=tips)
    squares = base.mark_bar(stroke="white", strokeWidth=1).encode(x=x, x2="end:Q", color=alt.Color("colour:N", scale=None))
    codes = base.transform_calculate(middle="datum.at + 0.5").mark_text(fontWeight="bold")
    codes = codes.encode(x=alt.X("middle:Q", axis=None), text="code:N", color=alt.Color("ink:N", scale=None))
    width = max(160, 46 * max(len(several) for several in links.values()))
    count = sum(len(several) for several in links.values())
    remark = f"{count} links to {len(plan.sdgs)} targets or goals."
    return theme.titled(plan, alt.layer(squares, codes).properties(width=width, height=alt.Step(30)), TITLE, remark)


def _colours(goal: int) -> dict[str, str]:
    """The colour of a goal, and that of a text on it."""
    colour = COLOURS[goal - 1]
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    # Lightness as eyes weigh it (ITU-R BT.601), of 255 thousand.
    is_light = 299 * red + 587 * green + 114 * blue > 170_000
    return {"colour": colour, "ink": theme.INK if is_light else "white"}
