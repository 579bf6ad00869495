"""Tables on their way to and from other libraries: nothing is lost, nothing is invented."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import logframe
from conftest import TINY
from logframe import Plan

pyarrow = pytest.importorskip("pyarrow")
polars = pytest.importorskip("polars")
pandas = pytest.importorskip("pandas")
duckdb = pytest.importorskip("duckdb")
numpy = pytest.importorskip("numpy")

LONG = "1234567890123456789012345.678"  # 28 digits


def of_query(allocations: Any) -> Any:
    assert allocations is not None
    return duckdb.sql("select * from allocations")


LIBRARIES: dict[str, Callable[[Any], Any]] = {
    "itself": lambda t: t,
    "pyarrow": pyarrow.table,
    "polars": lambda t: t.to_polars(),
    "polars from the object": polars.DataFrame,
    "pandas": lambda t: t.to_pandas(),
    "pandas with objects": lambda t: pyarrow.table(t).to_pandas(),
    "duckdb": of_query,
    "dicts": lambda t: pyarrow.table(t).to_pylist(),
    "columns": lambda t: pyarrow.table(t).to_pydict(),
}


def with_amounts(*amounts: str) -> Plan:
    offices = "\n".join(f'[[office]]\nid = "o{at}"\nname = "Office {at}"' for at in range(len(amounts)))
    cells = "\n".join(f"o{at} = {{ field = {amount} }}" for at, amount in enumerate(amounts))
    return logframe.loads(TINY.split("[[office]]")[0].replace("printed = { unit = 1 }\n", "") + offices + "\n[budget]\n" + cells)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_budget_comes_back_from_every_library_as_it_was(iom: Plan, library: str) -> None:
    frame = LIBRARIES[library](iom.allocations)
    assert Plan.from_frame(frame, plan=iom) == iom
    anew = Plan.from_frame(frame, id="copy", currency="USD")
    assert anew.total == iom.total
    assert anew.offices["ro-san-jose"].name == "RO San Jose"
    assert anew.heads.ids == ("evaluation",)
    assert anew.pivot().rows == iom.pivot().rows


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("amount", [LONG, "-" + LONG, "0", "0.00", "180572.10", "9007199254740993.01"])
def test_every_digit_goes_there_and_back(library: str, amount: str) -> None:
    plan = with_amounts(amount)
    back = Plan.from_frame(LIBRARIES[library](plan.allocations), id="tiny", title="Tiny", currency="USD")
    digits = str(back.allocations[0].amount)
    assert digits == amount
    again = logframe.loads(back.to_toml())
    assert str(again.allocations[0].amount) == amount


def test_a_column_has_the_largest_scale_in_it() -> None:
    plan = with_amounts("1.5", "2.25", "3")
    column = pyarrow.table(plan.allocations)["amount"]
    assert column.type == pyarrow.decimal128(38, 2)
    assert column.to_pylist() == [Decimal("1.50"), Decimal("2.25"), Decimal("3.00")]


def test_a_column_of_too_many_digits_is_refused_by_name() -> None:
    plan = with_amounts("1234567890123456789012345678", "0.00000000001")
    for take in (pyarrow.table, polars.DataFrame):
        with pytest.raises(Exception, match="the column `amount` needs more than 38 digits"):
            take(plan.allocations)


def test_none_and_not_given_are_told_apart_in_tidy_form(iom: Plan) -> None:
    frame = iom.allocations.to_polars()
    assert frame["printed"].to_list().count("none") == 22
    assert frame["amount"].null_count() == 22
    assert len(frame) == len(iom.allocations) == 80


def test_totals_are_left_out_of_frames_so_that_nothing_is_counted_twice(iom: Plan) -> None:
    table = iom.pivot()
    assert len(table.to_pandas()) == len(table) - 1 == 16
    assert sum(table.to_polars()["total"].to_list()) == iom.total


def test_every_table_becomes_a_frame(iom: Plan) -> None:
    for name in ("budget", "results", "sdg", "declared", "allocations", "activities", "series"):
        table = iom.table(name)
        assert table.to_polars().columns == list(table.columns)
        assert len(table.to_pandas()) == table.totals.count(False)
    findings = iom.check().filter(rule="declared-total").table().to_pandas()
    assert findings["difference"].min() == Decimal(-2)


def test_pandas_works_with_what_it_gets(iom: Plan) -> None:
    frame = iom.allocations.to_pandas()
    assert frame[frame.office == "colombia"]["amount"].sum() == Decimal(13399999)
    by_outcome = frame.groupby("outcome", observed=True)["amount"].sum()
    assert by_outcome["3"] == Decimal(9308908)
    assert frame.sort_values("amount")["office_name"].dropna().iloc[57] == "Colombia"
    assert str(frame.dtypes["amount"]) == "decimal128(38, 0)[pyarrow]"
    assert frame["office_name"].str.startswith("RO").sum() == 10


def test_duckdb_queries_the_object_itself(iom: Plan) -> None:
    cells = iom.allocations
    assert len(cells) == 80
    rows = duckdb.sql(
        "select office, sum(amount) from cells where outcome = '3' group by office order by 2 desc nulls last limit 2"
    ).fetchall()
    assert rows == [("colombia", Decimal(3487141)), ("brazil", Decimal(2354000))]


def test_a_requested_schema_is_served(iom: Plan) -> None:
    wanted = pyarrow.schema([("amount", pyarrow.decimal128(38, 2))])
    table = pyarrow.table(iom.filter(outcome="1"))
    assert table.select(["amount"]).cast(wanted)["amount"][0].as_py() == Decimal("180572.00")


def rows(**more: Any) -> list[dict[str, Any]]:
    return [{"office": "north", "result": "food", "amount": 10}, {"office": "north", "result": "shelter", "amount": 20} | more]


def made(frame: Any, **how: Any) -> Plan:
    return Plan.from_frame(frame, currency="USD", **how)


@pytest.mark.parametrize(
    "amount",
    [20, "20", "20.0", Decimal("20.00"), Decimal("2E1"), numpy.int64(20), numpy.uint8(20), Fraction(20).numerator],
)
def test_exact_numbers_of_every_kind_are_taken(amount: Any) -> None:
    assert made(rows(amount=amount)).total == 30


@pytest.mark.parametrize(
    ("amount", "why"),
    [
        (20.0, "a float has already lost the digits"),
        (float("nan"), "a float has already lost the digits"),
        (numpy.float64(20), "a float has already lost the digits"),
        (True, "row 2, column `amount`: an object of type `bool` is no amount"),
        (Decimal("NaN"), "NaN is no amount"),
        (Decimal("Infinity"), "Infinity is no amount"),
        ("1,250", "row 2, column `amount`: `1,250` is no exact amount"),
        ("1e3", "row 2, column `amount`: `1e3` is no exact amount"),
        ("twenty", "row 2, column `amount`: `twenty` is no exact amount"),
        (10**30, "more than 28 digits"),
        (None, 'row 2: there is no amount; say what that means: `missing="none"`'),
        (Fraction(1, 3), "an object of type `Fraction` is no amount"),
        (20 + 0j, "an object of type `complex` is no amount"),
    ],
)
def test_what_is_not_exact_is_refused_with_the_line_to_write_instead(amount: Any, why: str) -> None:
    with pytest.raises((TypeError, ValueError, logframe.TableError)) as refused:
        made(rows(amount=amount))
    assert why in str(refused.value)


@pytest.mark.parametrize(
    "frame",
    [
        polars.DataFrame({"office": ["a"], "result": ["b"], "amount": [1.0]}),
        pandas.DataFrame({"office": ["a"], "result": ["b"], "amount": [1.0]}),
        pandas.DataFrame({"office": ["a"], "result": ["b"], "amount": pandas.array([1.0], dtype="Float64")}),
        pyarrow.table({"office": ["a"], "result": ["b"], "amount": pyarrow.array([1.0], pyarrow.float32())}),
    ],
)
def test_a_float_column_is_refused_whole(frame: Any) -> None:
    with pytest.raises(
        logframe.TableError, match=r"the column `amount` is Float\d\d: a float has already lost the digits.*dtype=str"
    ):
        made(frame)


def test_what_is_missing_means_what_is_said() -> None:
    frame = pandas.DataFrame({"office": ["a", "a"], "result": ["x", "y"], "amount": pandas.array([1, None], dtype="Int64")})
    with pytest.raises(logframe.TableError, match='`missing="not-given"` where nothing is known'):
        made(frame)
    assert made(frame, missing="none").allocations[1].is_none
    assert len(made(frame, missing="not-given").allocations) == 1
    with pytest.raises(ValueError, match="`missing` is"):
        made(frame, missing="zero")
    # pandas writes what is missing among Decimals as None, NaN or NA.
    for nothing in (None, float("nan"), pandas.NA):
        mixed = pandas.DataFrame({"office": ["a", "a"], "result": ["x", "y"], "amount": [Decimal("1.50"), nothing]}, dtype=object)
        assert made(mixed, missing="none").total == Decimal("1.50")


def test_a_column_of_mixed_kinds_is_told_by_its_row() -> None:
    frame = pandas.DataFrame({"office": ["a", "a"], "result": ["x", "y"], "amount": [Decimal("1.50"), 2.5]}, dtype=object)
    with pytest.raises((TypeError, logframe.TableError)) as refused:
        made(frame)
    assert "row 2, column `amount`" in str(refused.value)
    mixed = pandas.DataFrame({"office": ["a", "a"], "result": ["x", "y"], "amount": [Decimal("1.50"), "2"]}, dtype=object)
    assert made(mixed).total == Decimal("3.50")


def test_all_findings_are_told_with_their_rows() -> None:
    frame = {
        "office": ["a", "a", None, "b\t"],
        "result": ["x", "x", "y", "z"],
        "amount": [1, 2, 3, "4,5"],
        "currency": ["USD", "EUR"] * 2,
    }
    with pytest.raises(logframe.TableError) as refused:
        made(frame)
    told = refused.value.findings
    assert "row 2: `a`, `x` is given in row 1 already; add them up first" in told
    assert "row 3, column `office`: there is no id" in told
    assert any(one.startswith("row 4, column `amount`: `4,5` is no exact amount") for one in told)
    assert "row 2: its currency is EUR, and the plan's is USD; convert it first" in told


def test_columns_are_named_or_looked_for() -> None:
    frame = polars.DataFrame({"Bureau": ["a"], "Ligne": ["x"], "Montant": ["1.50"]})
    with pytest.raises(
        logframe.TableError, match='no column `amount`; there are `Bureau`, `Ligne`, `Montant`: say which it is, as `amount="…"`'
    ):
        made(frame)
    assert made(frame, office="Bureau", result="Ligne", amount="Montant").total == Decimal("1.50")
    with pytest.raises(TypeError, match='say which, as `currency="USD"`'):
        Plan.from_frame(frame)
    for nonsense in (3, "text", [1, 2], [[1, 2]]):
        with pytest.raises(TypeError):
            made(nonsense)


def test_unknown_offices_are_refused_where_a_plan_is_given(iom: Plan) -> None:
    frame = [{"office": "columbia", "result": "1", "amount": 1}, {"office": "peru", "result": "9", "amount": 1}]
    with pytest.raises(logframe.TableError) as refused:
        Plan.from_frame(frame, plan=iom)
    assert refused.value.findings[0] == "row 1: no office `columbia` in the plan; did you mean `colombia`?"
    assert refused.value.findings[1].startswith("row 2: no result `9` in the plan")
    with pytest.raises(logframe.TableError, match="its currency is EUR"):
        Plan.from_frame([{"office": "peru", "result": "1", "amount": 1, "currency": "EUR"}], plan=iom)


def test_an_empty_frame_is_a_plan_without_money() -> None:
    frame = polars.DataFrame(
        {"office": [], "result": [], "amount": []}, schema={"office": str, "result": str, "amount": polars.Int64}
    )
    assert made(frame).total == 0
    assert len(pyarrow.table(made(frame).allocations)) == 0


def test_libraries_are_imported_only_when_they_are_asked_for() -> None:
    code = (
        'import sys, logframe; logframe.loads(\'format = 1\\nplan = { id = "a", title = "A", currency = "USD" }\').allocations; '
    )
    code += "print([name for name in ('pandas', 'polars', 'pyarrow', 'numpy', 'altair', 'duckdb') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_library_that_is_missing_is_named_with_how_to_get_it(iom: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.import_module

    def missing(name: str, package: str | None = None) -> Any:
        if name in ("polars", "pandas"):
            raise ImportError(f"No module named '{name}'", name=name)
        return real(name, package)

    monkeypatch.setattr("logframe._frames.importlib.import_module", missing)
    with pytest.raises(ImportError, match="this needs polars; `pip install polars`"):
        iom.allocations.to_polars()
    with pytest.raises(ImportError, match="`pip install pandas`"):
        iom.table("budget").to_pandas()


@pytest.mark.parametrize(
    ("amount", "why"),
    [
        (Decimal("Infinity"), "row 1, column `amount`: Infinity is no amount"),
        (10**40, "it has more than 28 digits"),
    ],
)
def test_what_arrow_cannot_hold_in_a_pandas_column_is_refused_in_the_same_words(amount: Any, why: str) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"office": ["a", "b"], "result": ["x", "x"], "amount": [amount, 1]})
    with pytest.raises((ValueError, logframe.TableError), match=why):
        logframe.Plan.from_frame(frame, currency="USD")
