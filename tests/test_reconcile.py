"""Reconciliation as a notebook uses it; the engine's own laws are held in Rust."""

import copy
import csv
import json
import pickle
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Literal

import pytest

import logframe

IOM = "plans/iom-venezuela-2018.toml"
TWO: list[list[str | int]] = [["", "1", "2", "Total"], ["A", 120, 235, 354], ["B", 310, 145, 456], ["Total", 431, 381, 811]]


def test_the_witness_of_the_first_plan_rounds_to_print_and_adds_up() -> None:
    plan = logframe.load(IOM)
    found = plan.reconcile()
    assert found.verdict == "consistent"
    shares = {one.name for one in found.figures if one.printed is not None and one.printed <= 100}
    amounts = [one for one in found.figures if one.name not in shares]
    for one in amounts:
        assert one.amount is not None
        assert one.amount in one.stands_for
        assert one.amount == round(one.amount, 1)
    # The cells and totals of the main table, added up again by hand.
    by_name = {one.name: one.amount for one in reversed(found.figures)}
    cells = {(c.office, c.result): by_name[f"{plan.offices[c.office].name} / {title(plan, c.result)}"] for c in plan.allocations}
    for office in plan.offices:
        row = [amount for (owner, _), amount in cells.items() if owner == office.id and amount is not None]
        assert by_name[office.name] == sum(row)


def title(plan: logframe.Plan, result: str) -> str:
    heads = {head.id: head.title for head in plan.heads}
    return heads.get(result) or plan.outcomes[result].title


def test_truncation_is_refuted_and_rounding_to_the_nearest_is_not() -> None:
    rules = logframe.load(IOM).reconcile().rules
    assert {rule for rule, verdict in rules.items() if verdict == "inconsistent"} >= {"floor", "ceiling", "truncate"}
    assert rules["half-up"] == rules["half-even"] == rules["nearest"] == "consistent"


def test_the_range_of_the_grand_total_has_the_brackets_of_its_rule() -> None:
    plan = logframe.load(IOM)
    assert str(plan.reconcile().range("total")) == "[32326038.5, 32326043.5]"
    half_up = logframe.loads(plan.to_toml().replace('"nearest"', '"half-up"'))
    assert str(half_up.reconcile().range("total")) == "[32326038.5, 32326043.5)"


def test_every_sum_passes_alone_and_all_together_are_impossible() -> None:
    found = logframe.reconcile(TWO, unit=1)
    assert found.verdict == "inconsistent"
    (contradiction,) = found.certificate
    assert (contradiction.at_least, contradiction.at_most) == (Decimal("811.0"), Decimal("810.5"))
    assert len(found.culprits) == 5
    assert "811" in str(found)
    assert "<table" in found._repr_html_()


def test_a_transposition_is_found_and_restored() -> None:
    text = Path("crates/exchange/tests/data/iom-commas.csv").read_text().replace("4,853,748", "4,835,748")
    found = logframe.reconcile(list(csv.reader(text.splitlines())), unit=1, rounding="half-up")
    (culprit,) = found.culprits
    assert (culprit.figure, culprit.number) == ("Colombia / Integration", Decimal(4853748))
    assert culprit.slip == "neighbouring digits transposed"
    ((change,),) = found.repair("fewest")
    assert culprit.amounts.low is not None
    assert change.figure == culprit.figure


def test_the_command_and_the_notebook_say_the_same(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("\n".join(",".join(map(str, row)) for row in TWO))
    command = [sys.executable, "-m", "logframe", "reconcile", str(file), "--unit", "1", "--format", "json"]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    mine = logframe.reconcile(TWO, unit=1).to_dict()
    assert said["contradictions"] == mine["contradictions"]
    assert said["causes"] == mine["causes"]
    assert said["verdict"] == mine["verdict"]


@pytest.mark.parametrize("bad", [1.5, float("inf"), float("nan")])
def test_floats_are_refused_with_the_way_out(bad: object) -> None:
    with pytest.raises(TypeError, match="read the column exactly"):
        logframe.reconcile([["", "a", "Total"], ["x", bad, 2]])


def test_frames_cross_exactly_and_float_columns_do_not() -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(
        {"office": ["A", "B", "Total"], "a": [120, 310, 431], "b": [235, 145, 381], "Total": [354, 456, 811]}
    )
    (mine,), (of_rows,) = logframe.reconcile(frame, unit=1).certificate, logframe.reconcile(TWO, unit=1).certificate
    assert (mine.at_least, mine.at_most, len(mine.sums)) == (of_rows.at_least, of_rows.at_most, len(of_rows.sums))
    assert logframe.reconcile(frame, unit=1).verdict == "inconsistent"
    with pytest.raises(TypeError, match="column 'a' is Float64"):
        logframe.reconcile(frame.with_columns(polars.col("a").cast(polars.Float64)))


def test_pandas_frames_cross_exactly_and_float_columns_do_not() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"a": [120, 310, 431], "b": [235, 145, 381], "Total": [354, 456, 811]}, index=["A", "B", "Total"])
    assert logframe.reconcile(frame, unit=1).verdict == "inconsistent"
    with pytest.raises(TypeError, match="column 'a' is float64"):
        logframe.reconcile(frame.astype({"a": "float64"}))


def test_missing_zero_and_none_are_three_things() -> None:
    def verdict(cell: object, blank: Literal["unknown", "zero"] = "unknown") -> str:
        rows = [["", "a", "b", "Total"], ["x", 1, cell, 3], ["y", 2, 2, 4]]
        return logframe.reconcile(rows, blank=blank).verdict

    assert verdict(None) == verdict(2) == "exact"
    assert verdict(0) == verdict("-") == verdict(None, "zero") == "inconsistent"


def test_parts_sum_exactly() -> None:
    parts = logframe.split("1000.00", {"a": 1, "b": "2.5", "c": Decimal(3)}, unit="0.01")
    assert sum(parts.values()) == Decimal("1000.00")
    for part, weight in zip(parts.values(), [Decimal(1), Decimal("2.5"), Decimal(3)], strict=True):
        exact = Decimal(1000) * weight / Decimal("6.5")
        assert abs(part - exact) < Decimal("0.01")
    with pytest.raises(ValueError, match="whole"):
        logframe.split("10.005", [1, 1], unit="0.01")
    with pytest.raises(logframe.UnknownNameError, match="largest-remainder"):
        logframe.split(10, [1, 1], method="best")  # type: ignore[call-overload]


def test_a_rounded_table_adds_up_and_stays_within_a_unit() -> None:
    rows = [["", "a", "b", "Total"], ["x", "1499.60", "2250.40", "3750.00"], ["y", "500.40", "249.60", "750.00"]]
    rows.append(["Total", "2000.00", "2500.00", "4500.00"])
    rounded = logframe.round_table(rows, unit=1000)
    for a, b, total in rounded.values():
        assert a is not None
        assert b is not None
        assert a + b == total
    true = [[Decimal(cell) for cell in row[1:]] for row in rows[1:]]
    for cells, exact in zip(rounded.values(), true, strict=True):
        for cell, amount in zip(cells, exact, strict=True):
            assert cell is not None
            assert abs(cell - amount) < 1000
            assert cell == (cell / 1000).quantize(Decimal(1), ROUND_HALF_UP) * 1000


@pytest.mark.parametrize("rows", [[["", "a"], ["x", 1], ["y", None], ["Total", 3]], [["", "a", "b", "Total"], ["x", 1, None, 3]]])
def test_a_line_without_figures_is_unknown_and_not_left_out(rows: list[list[object]]) -> None:
    assert logframe.reconcile(rows).verdict == "exact"
    assert logframe.reconcile(rows, blank="zero").verdict == "inconsistent"


@pytest.mark.parametrize("total_column", ["Total", 2, -1, True])
def test_totals_go_by_name_by_position_or_as_the_last(total_column: str | int) -> None:
    rows = [["", "3", "1", "Total"], ["A", 120, 235, 354], ["B", 310, 145, 456]]
    assert logframe.reconcile(rows, unit=1, total_column=total_column).to_dict()["sums"][0]["parts"] == [0, 1]
    assert logframe.reconcile(rows, unit=1, total_column=-2, total_row=None).to_dict()["sums"][0]["total"] == 1
    with pytest.raises(logframe.LogframeError, match="no column is called `7`"):
        logframe.reconcile(rows, total_column=7)


def test_a_reconciliation_survives_pickling() -> None:
    for found in (logframe.reconcile(TWO, unit=1), logframe.load(IOM).reconcile()):
        assert pickle.loads(pickle.dumps(found)) == found
        assert copy.deepcopy(found) is found


def test_it_is_told_which_culprits_are_equally_good() -> None:
    assert [culprit.is_best for culprit in logframe.reconcile(TWO, unit=1).culprits] == [True] * 5


def test_without_a_declared_rule_all_are_tried() -> None:
    # Cut off, five parts come to 150 or more and less than 155; to the nearest, to 152.5 at most.
    rows = [["", "a", "b", "c", "d", "e", "Total"], ["x", 10, 20, 30, 40, 50, 154]]
    found = logframe.reconcile(rows, unit=1)
    assert found.verdict == "inconsistent"
    assert (found.rules["nearest"], found.rules["truncate"]) == ("inconsistent", "consistent")
    assert logframe.reconcile(rows, unit=1, rounding="nearest").rules == {}


def test_all_ranges_are_told_where_none_is_named() -> None:
    ranges = logframe.reconcile([["", "a", "b", "Total"], ["x", 1, 2, 3]], unit=1, rounding="half-up").ranges()
    # What is left for a from a total in [2.5, 3.5) and b in [1.5, 2.5).
    assert [str(amounts) for amounts in ranges.values()][:1] == ["(0, 2)"]
    assert len(ranges) == 3


def test_what_cannot_be_read_is_told_by_row_and_column_and_mended_by_arguments() -> None:
    rows = [["", "2018", "Total"], ["Peru", "1,292", "1,292"]]
    with pytest.raises(logframe.TableError) as refused:
        logframe.reconcile(rows)
    assert str(refused.value).startswith("row 2, column 2: `1,292` can be 1292 or 1.292")
    assert 'help: declare how numbers are written: `numbers="1,234.56"` or `numbers="1.234,56"`' in str(refused.value)
    with pytest.raises(logframe.TableError, match="row 2, column 3: `x` cannot be read"):
        logframe.reconcile([["", "a", "b", "c", "Total"], ["Peru", 1, "x", 2, 3], ["Chile", 1, 4, 5, 10]])
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"": ["Peru"], "2018": ["1,292"], "Total": ["1,292"]})
    with pytest.raises(logframe.TableError, match="row 1, column 2"):
        logframe.reconcile(frame)


def test_a_rule_of_rounding_without_a_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="tell to what as well, as `unit=1`"):
        logframe.reconcile(TWO, rounding="floor")


def test_what_the_lines_of_a_workbook_contradict_makes_it_inconsistent() -> None:
    # Field visits: 24 trips of 85 are 2,040, and 2,400 is typed. The total is that of the typed amounts.
    found = logframe.read_excel("examples/tables/budget.xlsx").reconcile()
    assert (found.verdict, found.is_possible, found.certificate) == ("inconsistent", False, ())
    assert found.errors == ("Field visits is typed as 2,400, but 24 x 85 is 2,040",)
    assert logframe.load(IOM).reconcile().errors == ()
