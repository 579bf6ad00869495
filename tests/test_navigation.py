"""From one thing of a plan to another, as a person thinks."""

import inspect
import pickle
import pydoc
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from typing_extensions import assert_type

import logframe
from conftest import TINY
from logframe import Allocations, Items, Plan


def test_money_is_found_from_whatever_it_is_for(iom: Plan) -> None:
    # The rows and columns of the printed table, its cells added up by hand.
    assert iom.offices["colombia"].total == 1_745_950 + 3_313_160 + 3_487_141 + 4_853_748
    assert iom.heads["evaluation"].total == Decimal(164780)
    assert iom.outcomes["1"].total == Decimal(4870332)
    assert sum(cell.amount or 0 for cell in iom.outcomes["1"].allocations) == Decimal(4870332)
    assert_type(iom.offices["colombia"].allocations, Allocations)
    assert iom.offices["colombia"].plan == iom


def test_what_has_no_amount_has_no_total_and_not_zero(iom: Plan) -> None:
    assert iom.outputs["1.1"].total is None  # nothing is allocated to outputs
    assert len(iom.outputs["1.1"].allocations) == 0
    evaluation = iom.filter(office="argentina", outcome="evaluation")
    assert (len(evaluation), evaluation.total) == (1, None)  # printed as none
    zero = logframe.loads(TINY.replace("field = 1_250, ", ""))
    assert zero.offices["north"].total == Decimal(0)


def test_who_gets_most_of_an_outcome_and_what_does_it_do(iom: Plan) -> None:
    most = iom.outcomes["3"].allocations.largest(1)[0]
    office = iom.offices[most.office]
    assert office.name == "Colombia"
    assert "3a" in office.activities.ids
    assert all(office in activity.offices for activity in office.activities)
    assert [cell.amount for cell in iom.outcomes["3"].allocations.largest(2)] == [Decimal(3487141), Decimal(2354000)]


def test_help_alone_tells_how(iom: Plan) -> None:
    assert iom.offices
    page = pydoc.plain(pydoc.render_doc(Plan))
    for step in ('plan.outcomes["3"].allocations.largest(1)', "plan.offices[cell.office].activities"):
        assert step in page


def test_links_go_both_ways(iom: Plan) -> None:
    assert iom.activities["1a"].outcome == iom.outcomes["1"]
    assert iom.outputs["1.1"].outcome == iom.outcomes["1"]
    assert iom.outcomes["4"].offices.ids == tuple(cell.office for cell in iom.outcomes["4"].allocations if cell.amount)
    assert "caribbean" not in iom.regions["south-america"].offices
    assert iom.offices["argentina"].sheets.ids == ("argentina",)
    assert iom.sdgs["10.7"].goal == 10
    with pytest.raises(logframe.UnknownNameError, match=r"did you mean `10\.7`"):
        iom.sdgs["10.77"]


@pytest.mark.parametrize("name", ["office", "kind", "outcome", "result"])
def test_a_filter_and_the_rest_make_the_whole(iom: Plan, name: str) -> None:
    table = iom.pivot(name, "outcome")
    parts = [row[-1] for row, is_total in zip(table.rows, table.totals, strict=True) if not is_total]
    assert sum(part for part in parts if isinstance(part, Decimal)) == iom.total
    ids = {"office": "colombia", "kind": "country", "outcome": "2", "result": "3"}
    own = iom.filter(**{name: ids[name]})
    others = [cell for cell in iom.allocations if cell not in own]
    assert len(own) + len(others) == len(iom.allocations)
    assert (own.total or 0) + sum(cell.amount or 0 for cell in others) == iom.total


def test_filters_take_ids_things_and_several_of_them(iom: Plan) -> None:
    peru = iom.offices["peru"]
    assert iom.filter(office="peru") == iom.filter(office=peru) == iom.filter(office=[peru]) == peru.allocations
    assert len(iom.filter(office=["peru", iom.offices["chile"]], outcome=iom.outcomes["1"])) == 2
    assert iom.filter(office="peru").filter(outcome="1") == iom.filter(office="peru", outcome="1")
    assert iom.filter(kind="regional").total == Decimal(2274974)
    wrongs: list[Any] = [3, [3], int]
    for wrong in wrongs:
        with pytest.raises(TypeError, match="an id is a text"):
            iom.filter(office=wrong)
    with pytest.raises(logframe.UnknownNameError, match="no outcome or budget head `9`"):
        iom.filter(outcome="9")
    with pytest.raises(logframe.UnknownNameError, match="did you mean `sub-regional`"):
        iom.filter(kind="subregional")


def test_allocations_are_a_sequence(iom: Plan) -> None:
    cells = iom.allocations
    assert len(cells) == len(list(cells)) == 80
    assert cells[0] == cells["argentina", "1"] == cells[-80]
    assert_type(cells[0], logframe.Allocation)
    assert_type(cells[1:3], Allocations)
    assert [cell.result for cell in cells[3:0:-1]] == ["4", "3", "2"]
    assert next(reversed(cells)) == cells[79]
    assert ("argentina", "1") in cells
    assert cells[5] in cells
    assert cells.index(cells[5]) == 5
    for place in (80, -81):
        with pytest.raises(IndexError):
            cells[place]
    with pytest.raises(TypeError, match="by office and result"):
        cells[1.5]  # type: ignore[call-overload]
    with pytest.raises(logframe.UnknownNameError, match="no allocation `argentina, 9`"):
        cells["argentina", "9"]


def test_a_pivot_keeps_none_not_given_and_zero_apart() -> None:
    offices = '[[office]]\nid = "south"\nname = "South"\n[[office]]\nid = "west"\nname = "West"\n'
    text = TINY.replace("[budget]", offices + "[budget]").replace("staff = 0 }", 'staff = 0 }\nsouth = { field = "-" }')
    table = logframe.loads(text).pivot()
    assert table.rows == (
        ("North", Decimal(1250), Decimal(0), Decimal(1250)),
        ("South", "-", None, "-"),
        ("West", None, None, None),
        ("Total", Decimal(1250), Decimal(0), Decimal(1250)),
    )


def test_declared_figures_stand_beside_the_sums(iom: Plan) -> None:
    table = iom.pivot("office", "outcome", declared=True)
    rows = {row[0]: row for row in table.rows}
    assert rows["Ecuador"][-3:] == (Decimal(2039701), Decimal(2039700), Decimal(-1))
    assert rows["Total"][-3:] == (Decimal(32326043), Decimal(32326041), Decimal(-2))
    assert rows["Declared"][1] == Decimal(4870332)
    assert rows["Difference"][2] == Decimal(-1)
    part = iom.filter(outcome="1").pivot("office", "outcome", declared=True)
    assert part.notes == ("what the document prints is of the whole plan; this is a part of it",)


def test_an_office_of_several_regions_is_counted_once(iom: Plan) -> None:
    table = iom.pivot("region", "outcome")
    assert table.rows[-1][-1] == iom.total
    names = [row[0] for row in table.rows]
    assert len(names) == len(set(names))


NOUNS: list[Callable[[Plan], object]] = [
    lambda p: p.outcomes,
    lambda p: p.outcomes["1"],
    lambda p: p.outcomes["1"].activities["1a"],
    lambda p: p.outputs["1.1"].activities,
    lambda p: p.offices["colombia"].activities[2],
    lambda p: p.heads[0],
    lambda p: p.regions[0].offices,
    lambda p: p.sheets[3],
    lambda p: p.allocations,
    lambda p: p.filter(outcome="2")[3],
    lambda p: p.filter(outcome="2"),
    lambda p: p.declared[5],
    lambda p: p.series[0].statements[0],
    lambda p: p.duration,
    lambda p: p.document,
    lambda p: p.frameworks[0],
    lambda p: p.printed,
    lambda p: p.sdgs["10.7"],
    lambda p: p.check().tally,
    lambda p: p.check().summary,
    lambda p: p.check().filter(rule="series-contradiction"),
    lambda p: p.check().filter(rule="series-contradiction").findings[0],
    lambda p: p.table("budget"),
    lambda p: p.pivot("office", "outcome", declared=True),
]


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_survives_pickling(iom: Plan, noun: Callable[[Plan], object]) -> None:
    thing = noun(iom)
    back = pickle.loads(pickle.dumps(thing))
    assert back == thing
    assert type(back) is type(thing)
    assert hash(back) == hash(thing)
    assert repr(back) == repr(thing)


def test_things_pickled_together_carry_their_plan_once(iom: Plan) -> None:
    one, all_of_them = len(pickle.dumps(iom.offices[0])), len(pickle.dumps([*iom.offices, *iom.activities, *iom.allocations]))
    assert all_of_them < 1.5 * one
    back = pickle.loads(pickle.dumps([iom.offices[0], iom.offices[1], iom]))
    assert back[0].plan is back[1].plan is back[2]


def test_a_plan_that_nobody_holds_is_let_go(iom: Plan) -> None:
    office = logframe.loads(TINY).offices[0]
    assert office.plan.id == "tiny"
    assert office.plan == logframe.loads(TINY)
    assert office.plan != iom


def test_threads_may_share_a_plan(iom: Plan) -> None:
    plan = logframe.loads(iom.to_toml())
    found: list[object] = []

    def work() -> None:
        for _ in range(20):
            one = (plan.offices["peru"].total, plan.pivot().rows[-1][-1], len(plan.check().findings))
            found.extend([one])

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 160
    assert len(set(found)) == 1


def test_a_report_can_be_narrowed(iom: Plan) -> None:
    report = iom.check()
    assert [finding.rule for finding in report.filter(rule="series-contradiction")] == ["series-contradiction"]
    assert len(report.filter(severity="note").findings) == 12
    assert report.filter(severity="note", rule=["declared-total"]).findings == tuple(
        finding for finding in report if finding.rule == "declared-total"
    )
    narrowed = report.filter(severity="note").filter(rule="series-contradiction")
    assert narrowed == report.filter(rule="series-contradiction")
    with pytest.raises(logframe.UnknownNameError, match="did you mean `declared-total`"):
        report.filter(rule="declared-totals")


def test_a_report_is_a_table(iom: Plan) -> None:
    table = iom.check().table()
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert rows[2]["declared"] == Decimal(32326041)
    assert rows[2]["difference"] == Decimal(-2)
    assert str(rows[0]["place"]).endswith(":1006:32")


def test_a_script_can_stop_at_an_error(iom: Plan) -> None:
    assert iom.check().raise_on_error() == iom.check()
    wrong = logframe.loads(TINY.replace("total = 1_250", "total = 1_290"), "tiny.toml")
    with pytest.raises(logframe.CheckError) as caught:
        wrong.check().raise_on_error()
    assert str(caught.value).startswith("tiny: 1 error\ntiny.toml:26:9: error[declared-total]: ")
    assert [finding.rule for finding in caught.value.diagnostics] == ["declared-total"]


def test_what_a_thing_offers_is_short_and_told(iom: Plan) -> None:
    for thing in (iom, iom.offices[0], iom.outcomes[0], iom.allocations, iom.check(), iom.table("budget")):
        offered = [name for name in dir(thing) if not name.startswith("_")]
        assert len(offered) <= 64
        for name in offered:
            assert inspect.getdoc(getattr(type(thing), name)), name


def test_items_show_themselves_in_a_notebook(iom: Plan) -> None:
    shown: Any = iom.offices
    assert "Dominican R." in shown._repr_html_()
    assert_type(iom.offices, Items[logframe.Office])
    many: Any = iom.allocations
    assert "and 60 more rows" in many._repr_html_()
