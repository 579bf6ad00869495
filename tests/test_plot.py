"""Charts: what is drawn is what the plan says, and every digit stands in the words beside it."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import logframe
from conftest import IOM, TINY
from logframe import Plan, Plot

altair = pytest.importorskip("altair")

CHARTS: dict[str, Callable[[Plot], Any]] = {
    "budget": lambda plot: plot.budget(),
    "matrix": lambda plot: plot.matrix(),
    "shares": lambda plot: plot.shares(),
    "shares by outcome": lambda plot: plot.shares("outcome"),
    "flow": lambda plot: plot.flow(),
    "sdgs": lambda plot: plot.sdgs(),
    "coverage": lambda plot: plot.coverage(),
    "declared": lambda plot: plot.declared(),
}
EMPTY = logframe.Plan("empty", "Nothing yet", "USD")
TOO_LONG = "9999999999999999999999.99"


def spec(chart: Any) -> dict[str, Any]:
    found: dict[str, Any] = chart.to_dict()
    return found


def data(chart: Any) -> list[list[dict[str, Any]]]:
    """The rows of all layers that have their own."""
    found: list[list[dict[str, Any]]] = []

    def look(thing: Any) -> None:
        if isinstance(thing, dict):
            if isinstance(thing.get("data"), dict) and "values" in thing["data"]:
                found.append(thing["data"]["values"])
            for value in thing.values():
                look(value)
        elif isinstance(thing, list):
            for value in thing:
                look(value)

    look(spec(chart))
    return found


def amounts(rows: list[dict[str, Any]], key: str = "exact") -> list[Decimal]:
    return [Decimal(row[key].removeprefix("USD ").replace(",", "")) for row in rows]


def test_bars_carry_every_cell_with_its_digits(iom: Plan) -> None:
    bars, totals = data(iom.plot.budget())
    assert len(bars) == 58
    assert sum(amounts(bars)) == iom.total
    assert [row["office"] for row in totals][:3] == ["Colombia", "Brazil", "Ecuador"]
    assert totals[0]["exact"] == "13,399,999"
    assert sum(row["amount"] for row in bars) == pytest.approx(32326043)


def test_a_matrix_tells_none_from_not_given_and_zero() -> None:
    offices = '[[office]]\nid = "south"\nname = "South"\n'
    text = TINY.replace("[budget]", offices + "[budget]").replace("staff = 0 }", 'staff = 0 }\nsouth = { field = "-" }')
    (cells, *_) = data(logframe.loads(text).plot.matrix())
    assert [(cell["shown"], cell["exact"], cell["amount"]) for cell in cells] == [
        ("1,250", "USD 1,250", 1250.0),
        ("0", "USD 0", 0.0),
        ("–", "printed as none", None),
        ("", "not given", None),
    ]
    title = spec(logframe.loads(text).plot.matrix())["title"]
    assert title["subtitle"][-1] == "– is printed as none. An empty cell is not given."


def test_shares_are_of_what_the_cells_add_up_to(iom: Plan) -> None:
    (rows, *_) = data(iom.plot.shares("outcome"))
    assert [row["exact"] for row in rows] == ["15.1 %", "24.8 %", "28.8 %", "30.8 %", "0.5 %"]
    assert sum(row["share"] for row in rows) == pytest.approx(100)
    with pytest.raises(ValueError, match='"office" or "outcome"'):
        iom.plot.shares("region")  # type: ignore[arg-type]


def test_ribbons_are_as_wide_as_their_money(iom: Plan) -> None:
    ribbons, left, _, right, _ = data(iom.plot.flow())
    ends = {(row["outcome"], row["office"]): row for row in ribbons if row["x"] == 1}
    assert len(ends) == 58
    row = ends["Socio-economic integration", "Colombia"]
    assert row["exact"] == "USD 4,853,748"
    assert row["high"] - row["low"] == pytest.approx(4853748 / 32326043)
    assert [row["words"].split("  ")[-1] for row in left][:2] == ["4,870,332", "8,013,792"]
    assert right[0]["words"] == "Colombia  13,399,999"
    middles = [row["middle"] for row in right]
    assert middles == sorted(middles)


def test_links_to_goals_have_their_colours(iom: Plan) -> None:
    (rows, *_) = data(iom.plot.sdgs())
    assert [row["code"] for row in rows] == ["1.5", "3.8", "5.2", "8.7", "8.8", "10.7", "16.2", "17.18"]
    assert rows[0]["colour"] == "#E5243B"
    assert rows[5]["goal"] == "10  Reduced inequalities"


def test_dots_stand_where_a_sheet_lists_the_activity(iom: Plan) -> None:
    (rows, *_) = data(iom.plot.coverage())
    # Offices of one sheet count one by one: the sheets list 269 activities, one of them for two offices.
    assert len(rows) == sum(len(office.activities) for office in iom.offices)
    assert {row["office"] for row in rows if row["activity"].startswith("1a ")} == {"RO Buenos Aires", "RO San Jose"}


def test_differences_stand_on_the_band_that_rounding_allows(iom: Plan) -> None:
    rows = data(iom.plot.declared())[0]
    assert {row["name"]: row["exact"] for row in rows}["Ecuador (main table)"] == "-1"
    assert {row["verdict"] for row in rows} == {"within rounding"}
    wrong = logframe.loads(IOM.read_text(encoding="utf-8").replace("= 2_039_700", "= 2_039_709"))
    rows = data(wrong.plot.declared())[0]
    assert [(row["name"], row["exact"]) for row in rows if row["verdict"] == "wrong"] == [
        ("Ecuador (country sheet Ecuador)", "9")
    ]


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_says_what_it_is_in_the_words_of_the_plan(iom: Plan, name: str) -> None:
    title = spec(CHARTS[name](iom.plot))["title"]
    assert title["text"]
    assert iom.title.startswith(title["subtitle"][0][:40])
    assert "USD" in " ".join(title["subtitle"])


@pytest.mark.parametrize("name", CHARTS)
def test_a_plan_with_nothing_to_draw_says_so(name: str) -> None:
    said = json.dumps(spec(CHARTS[name](EMPTY.plot)))
    assert re.search(r"No amount|There (is|are) no|Nothing in the plan|prints no totals", said)


@pytest.mark.parametrize("name", CHARTS)
def test_one_office_and_sixty_are_drawn(name: str) -> None:
    rows = [
        {"office": f"Office {at}", "result": f"Outcome {of}", "amount": at * 1000 + of} for at in range(60) for of in range(9)
    ]
    for plan in (logframe.loads(TINY), Plan.from_frame(rows, currency="EUR")):
        assert spec(CHARTS[name](plan.plot))["title"]


@pytest.mark.parametrize("name", ["budget", "matrix", "flow"])
def test_digits_that_no_float_holds_stand_in_the_words(name: str) -> None:
    plan = Plan.from_frame([{"office": "a", "result": "b", "amount": TOO_LONG}], currency="USD")
    assert "9,999,999,999,999,999,999,999.99" in json.dumps(spec(CHARTS[name](plan.plot)))


def test_numbers_are_written_as_the_reader_is_used_to(iom: Plan) -> None:
    with logframe.display(number_format="es"):
        assert "13.399.999" in json.dumps(spec(iom.plot.budget()))
        assert "'.'" in json.dumps(spec(iom.plot.budget())) or '\\".\\"' in json.dumps(spec(iom.plot.budget()))
    assert "13,399,999" in json.dumps(spec(iom.plot.budget()))


def test_negative_amounts_are_drawn_or_said() -> None:
    plan = logframe.loads(TINY.replace("staff = 0", "staff = -500"))
    assert "-500" in json.dumps(spec(plan.plot.budget()))
    assert "negative" in json.dumps(spec(plan.plot.flow()))


@pytest.mark.parametrize("name", CHARTS)
def test_charts_are_saved_without_a_network(iom: Plan, name: str, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    CHARTS[name](iom.plot).save(tmp_path / "chart.svg")
    drawn = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert spec(CHARTS[name](iom.plot))["title"]["text"] in drawn
    assert "NaN" not in drawn
    assert not re.search(r'href="http|src="http', drawn)


def test_altair_is_imported_when_a_chart_is_asked_for_and_named_when_it_is_missing() -> None:
    code = "import sys; sys.modules['altair'] = None\nimport logframe\nplan = logframe.Plan('a', 'A', 'USD')\nprint(plan.plot)\n"
    code += "try:\n    plan.plot.budget()\nexcept ImportError as error:\n    print(error)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1] == 'charts need altair; `pip install "logframe[charts]"`'
