"""What all charts share: words, numbers, colours, sizes."""

from __future__ import annotations

import importlib
import textwrap
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair

    from logframe._logframe import Plan

# Colours that colour-blind readers tell apart, of different lightness for grey print. Source: M. Okabe and K. Ito, "Color
# Universal Design", 2008; the yellow is left out, which is lost on white. Darker ones follow for plans of many outcomes.
PALETTE = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#CC79A7",
    "#56B4E9",
    "#D55E00",
    "#7F7F7F",
    "#00395A",
    "#7A5400",
    "#004F3A",
    "#6B3F58",
)
INK, QUIET, LINE = "#222222", "#5F6368", "#D9DCE0"
FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"


def alt() -> Any:
    """Altair, imported when a chart is asked for."""
    try:
        return importlib.import_module("altair")
    except ImportError as error:
        raise ImportError('charts need altair; `pip install "logframe[charts]"`', name="altair") from error


def drawn(amount: Decimal | int) -> float:
    """An amount as a length: the last step, in the drawing. What is written in words beside it has every digit."""
    return float(amount)


def grouped(plan: Plan, number: Decimal | int) -> str:
    """A number as the reader is used to it."""
    thousands, decimal = plan._number_marks
    return f"{number:,f}".replace(",", "\0").replace(".", decimal).replace("\0", thousands)


def money(plan: Plan, amount: Decimal | int) -> str:
    """An amount with its currency."""
    return f"{plan.currency} {grouped(plan, amount)}"


def axis_labels(plan: Plan, decimals: int = 0) -> str:
    """The expression that writes the numbers of an axis as the reader is used to them."""
    thousands, decimal = plan._number_marks
    plain = f"format(datum.value, ',.{decimals}f')" if decimals else "format(datum.value, ',')"
    return f"replace(replace(replace({plain}, /,/g, ';'), '.', '{decimal}'), /;/g, \"{thousands}\")"


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines."""
    return textwrap.wrap(text, width) or [text]


def short(text: str, length: int) -> str:
    """A text that fits: what is longer is cut."""
    return textwrap.shorten(text, length, placeholder="…") if len(text) > length else text


def titled(plan: Plan, chart: altair.LayerChart, title: str, *remarks: str) -> altair.LayerChart:
    """The chart with its words and the look that all have."""
    subtitle = [*wrapped(f"{plan.title}, {plan.currency}", 95), *(line for remark in remarks for line in wrapped(remark, 95))]
    heading = alt().Title(
        title,
        subtitle=subtitle,
        anchor="start",
        fontSize=16,
        subtitleFontSize=11,
        color=INK,
        subtitleColor=QUIET,
        offset=14,
        font=FONT,
        subtitleFont=FONT,
        frame="group",
    )
    dressed = chart.properties(title=heading, background="white", padding=12)
    axis: dict[str, Any] = {
        "labelColor": INK,
        "titleColor": QUIET,
        "titleFontWeight": "normal",
        "labelFont": FONT,
        "titleFont": FONT,
    }
    dressed = dressed.configure_axis(**axis, labelFontSize=11, titleFontSize=11, gridColor=LINE, domainColor=LINE, tickColor=LINE)
    dressed = dressed.configure_legend(labelFont=FONT, titleFont=FONT, labelFontSize=11, titleFontWeight="normal", labelLimit=260)
    done: altair.LayerChart = dressed.configure_view(stroke=None).configure_text(font=FONT, fontSize=11, color=INK)
    return done


def said(plan: Plan, title: str, words: str) -> altair.LayerChart:
    """A chart of what there is nothing to draw of: it says so."""
    library = alt()
    text = library.Chart(library.Data(values=[{"words": words}])).mark_text(align="left", x=0, fontSize=13).encode(text="words:N")
    return titled(plan, library.layer(text).properties(width=520, height=40), title)


def colours(names: Sequence[str]) -> altair.Scale:
    """A colour for each name, the same in all charts of a plan."""
    return alt().Scale(domain=list(names), range=[PALETTE[at % len(PALETTE)] for at in range(len(names))])


def data(rows: Iterable[dict[str, Any]]) -> altair.Data:
    """Rows for a chart."""
    return alt().Data(values=list(rows))


def tooltips(*pairs: tuple[str, str]) -> list[altair.Tooltip]:
    """Texts that appear over a mark: field and heading."""
    return [alt().Tooltip(f"{field}:N", title=title) for field, title in pairs]
