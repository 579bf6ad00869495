"""Two versions of a plan, compared in a notebook."""

import copy
import pickle

import logframe
from conftest import ROOT


def test_a_plan_is_no_other_than_itself(iom: logframe.Plan) -> None:
    same = logframe.diff(iom, iom)
    assert not same
    assert same.changes == ()
    assert str(same) == "The two say the same."


def test_money_names_and_words_are_told_apart(iom: logframe.Plan) -> None:
    moved = logframe.move_money(iom, 50_000, source=("colombia", "1"), target=("chile", "1")).replace(title="<b>Another</b>")
    found = logframe.diff(iom, moved)
    assert {change[0] for change in found.changes} == {"money", "wording"}
    assert [row[4] for row in found.money().rows] == [50_000, -50_000]
    assert "50,000 moved from Colombia" in str(found)
    assert "<b>Another" not in found._repr_html_()
    assert pickle.loads(pickle.dumps(found)) == found == copy.deepcopy(found)


def test_a_donor_is_asked_where_the_plan_names_one() -> None:
    plan = logframe.load(ROOT / "plans" / "proposal-example.toml")
    trip = plan.with_line("peru", "management", "A further trip", category="travel", quantity=1, unit="trip", amount=6_000)
    (travel, support) = logframe.diff(plan, trip).amendments
    assert travel.startswith("heading Travel +23.3 % against the approved plan, limit 15 %")
    assert "limit 0 %" in support
