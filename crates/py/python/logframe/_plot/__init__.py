"""Charts of a plan, in Altair: to show, to change and to save."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from . import budget, coverage, declared, flow, matrix, sdgs, shares

if TYPE_CHECKING:
    import altair

    from logframe._logframe import Plan


@dataclass(frozen=True, slots=True, repr=False)
class Plot:
    """The charts of a plan, each an Altair chart that can be changed (`.properties(width=600)`) and saved.

    `chart.save("budget.png", ppi=200)` and `chart.save("budget.svg")` work offline; they need `vl-convert-python`, which
    `pip install "logframe[charts]"` brings along. Amounts are exact in the tooltips; only the drawing itself rounds.

    >>> plan.plot
    <Plot of iom-venezuela-2018: budget, coverage, declared, flow, matrix, sdgs, shares>
    """

    __module__ = "logframe"
    _plan: Plan

    def budget(self) -> altair.LayerChart:
        """What each office gets, by outcome: stacked bars, the largest office first.

        >>> plan.plot.budget().to_dict()["title"]["text"]
        'Budget by office and outcome'
        """
        return budget.chart(self._plan)

    def matrix(self) -> altair.LayerChart:
        """What each office gets for each outcome: a table whose cells are darker for larger amounts.

        >>> plan.plot.matrix().to_dict()["title"]["text"]
        'Budget: offices by outcomes'
        """
        return matrix.chart(self._plan)

    def shares(self, by: Literal["office", "outcome"] = "office") -> altair.LayerChart:
        """Which share of the whole each office gets, or each outcome.

        >>> plan.plot.shares("outcome").to_dict()["title"]["text"]
        'Share of the budget by outcome'
        """
        return shares.chart(self._plan, by)

    def flow(self) -> altair.LayerChart:
        """The money from outcomes to offices, as ribbons.

        >>> plan.plot.flow().to_dict()["title"]["text"]
        'From outcomes to offices'
        """
        return flow.chart(self._plan)

    def sdgs(self) -> altair.LayerChart:
        """Links to the Sustainable Development Goals, in the colours of the goals.

        >>> plan.plot.sdgs().to_dict()["title"]["text"]
        'Links to the Sustainable Development Goals'
        """
        return sdgs.chart(self._plan)

    def coverage(self) -> altair.LayerChart:
        """Which office carries out which activity.

        >>> plan.plot.coverage().to_dict()["title"]["text"]
        'Activities by office'
        """
        return coverage.chart(self._plan)

    def declared(self) -> altair.LayerChart:
        """Printed totals that miss their parts: by how much, and how much rounding allows.

        >>> plan.plot.declared().to_dict()["title"]["text"]
        'Printed totals that differ from their parts'
        """
        return declared.chart(self._plan)

    def __repr__(self) -> str:
        names = ", ".join(sorted(name for name in vars(Plot) if not name.startswith("_")))
        return f"<Plot of {self._plan.id}: {names}>"
