"""Aid plans as checkable as code: results, budgets and every printed total in exact arithmetic.

>>> import logframe
>>> plan = logframe.load("plans/iom-venezuela-2018.toml")
>>> plan
<Plan iom-venezuela-2018: USD 32,326,043, 16 offices>
>>> plan.check()
<Report iom-venezuela-2018: 12 notes>

Every amount is a ``decimal.Decimal`` made from the digits of the plan; no amount is ever a float.
"""

from collections.abc import Sequence as _Sequence

from ._copying import share_copies as _share_copies
from ._errors import (
    CheckError,
    DirectoryFileError,
    FileError,
    ForbiddenFileError,
    LogframeError,
    MissingFileError,
    PlanError,
    TableError,
    UnknownNameError,
)
from ._figures import Change, Contradiction, Culprit, Figure, Interval
from ._logframe import (
    Activity,
    Allocation,
    Allocations,
    Category,
    Diagnostic,
    Diff,
    Display,
    Document,
    Donor,
    Duration,
    Framework,
    Funding,
    Head,
    Indicator,
    Items,
    Line,
    Office,
    Outcome,
    Output,
    Plan,
    Printed,
    Rate,
    Reading,
    Region,
    Report,
    RuleException,
    Sdg,
    Series,
    SeriesStatement,
    Sheet,
    Statement,
    Summary,
    Table,
    Tally,
    __version__,
    combine,
    diff,
    display,
    inflate,
    load,
    loads,
    move_money,
    scale,
    share_out,
)
from ._plot import Plot
from ._reconciliation import Reconciliation, reconcile, round_table, split

_Sequence.register(Items)
_share_copies()

__all__ = [
    "Activity",
    "Allocation",
    "Allocations",
    "Category",
    "Change",
    "CheckError",
    "Contradiction",
    "Culprit",
    "Diagnostic",
    "Diff",
    "DirectoryFileError",
    "Display",
    "Document",
    "Donor",
    "Duration",
    "Figure",
    "FileError",
    "ForbiddenFileError",
    "Framework",
    "Funding",
    "Head",
    "Indicator",
    "Interval",
    "Items",
    "Line",
    "LogframeError",
    "MissingFileError",
    "Office",
    "Outcome",
    "Output",
    "Plan",
    "PlanError",
    "Plot",
    "Printed",
    "Rate",
    "Reading",
    "Reconciliation",
    "Region",
    "Report",
    "RuleException",
    "Sdg",
    "Series",
    "SeriesStatement",
    "Sheet",
    "Statement",
    "Summary",
    "Table",
    "TableError",
    "Tally",
    "UnknownNameError",
    "__version__",
    "combine",
    "diff",
    "display",
    "inflate",
    "load",
    "loads",
    "move_money",
    "reconcile",
    "round_table",
    "scale",
    "share_out",
    "split",
]
