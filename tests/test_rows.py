"""Frames, columns and rows as people have them in a notebook: read exactly, or refused in words that help."""

import signal
import subprocess
import sys
import time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import logframe

HEAD = ["Office", "Food", "Shelter", "Total"]
ROWS: list[list[Any]] = [["Peru", 120, 235, 354], ["Chile", 310, 145, 456], ["Total", 431, 381, 811]]
BY_HAND = ("inconsistent", Decimal(811), Decimal("810.5"))


def said(table: Any, **how: Any) -> tuple[str, Decimal, Decimal]:
    found = logframe.reconcile(table, unit=1, **how)
    (one,) = found.certificate
    assert found.figures[0].name.endswith("Peru / Food"), found.figures[0]
    return found.verdict, one.at_least, one.at_most


def with_cell(cell: object) -> list[list[Any]]:
    return [HEAD, ["Peru", cell, 235, 354], *ROWS[1:]]


def test_pandas_frames_of_every_exact_kind_say_the_same() -> None:
    pandas, pyarrow = pytest.importorskip("pandas"), pytest.importorskip("pyarrow")
    frame = pandas.DataFrame(ROWS, columns=HEAD)
    figures = HEAD[1:]
    decimals = frame.astype(dict.fromkeys(figures, object))
    decimals[figures] = decimals[figures].map(Decimal)
    of_arrow = pandas.ArrowDtype(pyarrow.decimal128(38, 2))
    kinds = [
        frame,
        frame.set_index("Office"),
        decimals,
        frame.astype("string"),
        frame.astype(str),
        frame.astype(dict.fromkeys(figures, "Int64")),
        frame.astype(dict.fromkeys(figures, "uint16")),
        frame.astype(dict.fromkeys(figures, of_arrow)),
        frame.astype({"Office": "category"}),
    ]
    for kind in kinds:
        assert said(kind) == BY_HAND, kind.dtypes


def test_an_index_that_only_counts_names_nothing_and_one_of_years_does() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(ROWS, columns=HEAD)
    # Put together of two frames, the rows are numbered 0, 1 and 0.
    assert said(pandas.concat([frame.iloc[:2], frame.iloc[2:].reset_index(drop=True)])) == BY_HAND
    for name in ("Fiscal", None):
        years = pandas.DataFrame({"a": [1, 2], "b": [3, 4], "Total": [4, 6]}, index=pandas.Index([2018, 2019], name=name))
        assert [one.name for one in logframe.reconcile(years).figures][::3] == ["2018 / a", "2019 / a"]


def test_an_index_and_names_of_several_levels_are_labels() -> None:
    pandas = pytest.importorskip("pandas")
    regions = pandas.read_csv("examples/tables/regions.csv", dtype=str)
    # The same culprit as in `docs/reconciliation.md`.
    (culprit,) = logframe.reconcile(regions.set_index(["Region", "Office"]), unit=1).culprits
    assert (culprit.figure, culprit.number) == ("Subtotal Central America / 2019", Decimal(363))
    frame = pandas.DataFrame(ROWS, columns=HEAD).set_index("Office")
    frame.columns = pandas.MultiIndex.from_tuples([("2018", "Food"), ("2018", "Shelter"), ("Total", "")])
    assert logframe.reconcile(frame, unit=1).figures[0].name == "Peru / 2018 / Food"


def test_names_of_columns_that_are_numbers_are_no_figures() -> None:
    pandas = pytest.importorskip("pandas")
    assert len(logframe.reconcile(pandas.DataFrame(ROWS), unit=1).figures) == 9
    numpy = pytest.importorskip("numpy")
    found = logframe.reconcile(numpy.array([[1, 2, 3], [4, 5, 9]]), total_row=None)
    assert (found.verdict, len(found.figures), found.figures[0].name) == ("exact", 6, "row 1 / column 1")


def test_a_missing_amount_is_unknown_in_every_frame() -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    columns = {"Office": ["A", "B"], "a": [1, None], "b": [2, 5], "Total": [3, 9]}
    for frame in (columns, pandas.DataFrame(columns).astype({"a": "Int64"}), polars.DataFrame(columns)):
        found = logframe.reconcile(frame)
        assert [one.in_print for one in found.figures][3] == "nothing"
        assert found.verdict == "exact"
        assert found.figures[3].amount == Decimal(4)


def test_polars_arrow_and_duckdb_say_the_same() -> None:
    polars, pyarrow = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    frame = polars.DataFrame(ROWS, schema=HEAD, orient="row")
    table = pyarrow.table(dict(zip(HEAD, zip(*ROWS, strict=True), strict=True)))
    kinds: list[Any] = [
        frame,
        frame.cast(polars.String),
        frame.with_columns(polars.col(*HEAD[1:]).cast(polars.Decimal(20, 2))),
        table,
        table.to_batches()[0],
        table.to_reader(),
        pyarrow.table({**{name: table[name] for name in HEAD}, "Food": table["Food"].cast(pyarrow.decimal128(30, 2))}),
    ]
    for kind in kinds:
        assert said(kind) == BY_HAND


def test_a_relation_of_duckdb_crosses_through_the_capsule() -> None:
    duckdb = pytest.importorskip("duckdb")
    values = ", ".join(f"('{name}', {a}, {b}, {total})" for name, a, b, total in ROWS)
    query = f"select Office, Food::decimal(18, 2) as Food, Shelter, Total from (values {values}) t({', '.join(HEAD)})"  # noqa: S608
    assert said(duckdb.sql(query)) == BY_HAND
    with pytest.raises(TypeError, match="column 'Food' is double"):
        logframe.reconcile(duckdb.sql(query.replace("decimal(18, 2)", "double")))


def test_rows_columns_and_records_say_the_same() -> None:
    records = [dict(zip(HEAD, row, strict=True)) for row in ROWS]
    columns = {name: [row[at] for row in ROWS] for at, name in enumerate(HEAD)}
    for table in ([HEAD, *ROWS], iter([HEAD, *ROWS]), records, columns, tuple(map(tuple, [HEAD, *ROWS]))):
        assert said(table) == BY_HAND
    assert said(ROWS, columns=HEAD) == BY_HAND


class Shy:
    def __repr__(self) -> str:
        raise RuntimeError("not to be shown")

    __str__ = __repr__


@pytest.mark.parametrize("cell", [True, Fraction(1, 3), b"120", [120], Shy(), 1j])
def test_what_is_no_amount_is_refused_by_its_kind_and_place(cell: object) -> None:
    with pytest.raises(TypeError, match=f"row 2, column 2: an object of type `{type(cell).__name__}` is no amount"):
        logframe.reconcile(with_cell(cell))


@pytest.mark.parametrize(
    "cell",
    [Decimal("1E+999999999"), Decimal("0E-999999999"), 10**5000, Decimal("NaN"), "12\ud800"],
    ids=["huge", "fine", "long", "nan", "half"],
)
def test_numbers_beyond_all_bounds_are_refused_at_once(cell: object) -> None:
    with pytest.raises(ValueError, match="row 2, column 2: "):
        logframe.reconcile(with_cell(cell))


def test_scalars_of_numpy_are_numbers_where_they_are_exact() -> None:
    numpy = pytest.importorskip("numpy")
    assert said(with_cell(numpy.int64(120))) == BY_HAND
    assert logframe.split(numpy.int64(100), numpy.array([1, 1, 2]), unit=1) == [25, 25, 50]
    with pytest.raises(TypeError, match=r"1.5 is a float"):
        logframe.split(100, [numpy.float32(1.5)])


@pytest.mark.parametrize(
    "table", ["table.csv", b"a,b", Path("table.csv"), None, 5, [1, 2], ["ab", "cd"], {"a": {"b": 1}}, [{1, 2}]]
)
def test_what_is_no_table_is_refused_with_what_is_one(table: object) -> None:
    with pytest.raises(TypeError, match="a table is a list of rows, a dict of columns or a data frame"):
        logframe.reconcile(table)


def test_an_unread_cell_is_named_by_row_and_column() -> None:
    with pytest.raises(logframe.TableError, match=r"^row 2, column 2: `abc` cannot be read"):
        logframe.reconcile(with_cell("abc"))
    columns = {"Office, where": ['a "b", c\nd', "B"], "Food": ["1", "abc"]}
    with pytest.raises(logframe.TableError, match=r"^row 2, column 2: `abc` cannot be read"):
        logframe.reconcile(columns)
    with pytest.raises(logframe.TableError, match=r"`numbers=\"1,234.56\"`"):
        logframe.reconcile([["", "a"], ["x", "1,234"], ["y", "2,345"]])


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"unit": 0}, "a unit is more than nothing"),
        ({"unit": -1}, "a unit is more than nothing"),
        ({"rounding": "half-up"}, "tell to what as well"),
        ({"unit": 1, "rounding": 5}, "`rounding` is a name"),
        ({"labels": -1}, "how many columns"),
        ({"labels": 1.5}, "how many columns"),
        ({"total_row": 1.5}, "`total_row` is a name, a position"),
        ({"total_column": 10**30}, "`total_column` is a name, a position"),
        ({"columns": ["x"]}, "names 1 columns, and the table has 4"),
    ],
)
def test_what_is_said_of_a_table_is_checked(said: dict[str, Any], message: str) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        logframe.reconcile([HEAD, *ROWS], **said)


def test_a_plan_is_told_nothing_it_declares_itself() -> None:
    plan = logframe.load("plans/iom-venezuela-2018.toml")
    assert logframe.reconcile(plan) == plan.reconcile()
    for said in ({"unit": 1}, {"total_row": None}, {"blank": "zero"}):
        with pytest.raises(TypeError, match="a plan declares itself"):
            logframe.reconcile(plan, **said)


def test_rounding_keeps_rows_that_share_a_name_and_names_what_fails() -> None:
    rows = [["", "a", "b", "Total"], ["x", "1.5", "1.5", "3"], ["x", "2.5", "0.5", "3"]]
    assert list(logframe.round_table(rows, unit=1)) == ["x", "x (2)"]
    with pytest.raises(ValueError, match="row x does not add up before rounding: its parts come to 1 less than its total"):
        logframe.round_table([["", "a", "b", "Total"], ["x", "1.5", "1.5", "4"]], unit=1)
    with pytest.raises(ValueError, match="x / b has no amount"):
        logframe.round_table([["", "a", "b", "Total"], ["x", "1.5", None, "4"]], unit=1)


SLOW = """
import random, logframe
dice = random.Random(1)
rows = [[dice.randint(1000, 90000) for _ in range(300)] for _ in range(300)]
rows = [[f"o{i}", *row, sum(row)] for i, row in enumerate(rows)]
rows.append(["Total", *[sum(row[j] for row in rows) + dice.randint(-9, 9) for j in range(1, 302)]])
table = [["", *range(300), "Total"], *rows]
print("ready", flush=True)
logframe.reconcile(table, unit=1)
print("done", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_ctrl_c_ends_a_long_call() -> None:
    with subprocess.Popen([sys.executable, "-c", SLOW], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        time.sleep(0.3)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert "done" not in out
    assert "KeyboardInterrupt" in err
