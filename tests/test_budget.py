"""Budget lines, donors and time, as the proposal example has them and as a notebook builds them."""

import copy
import pickle
from decimal import Decimal
from pathlib import Path

import pytest

import logframe
from conftest import ROOT


@pytest.fixture(scope="module")
def proposal() -> logframe.Plan:
    return logframe.load(ROOT / "plans" / "proposal-example.toml")


def relief() -> logframe.Plan:
    plan = logframe.Plan("relief", "Relief", "USD", line_unit="0.01", line_rounding="half-away")
    return (
        plan.with_office("peru", "Peru")
        .with_outcome("1", "Shelter")
        .with_activity("1a", "Build", under="1")
        .with_head("s", "Support")
    )


def test_a_budget_is_built_line_by_line() -> None:
    plan = relief().with_line(
        "peru", "1a", "Field staff", category="staff", quantity=3, unit_cost="1_850.00", duration=12, share=60
    )
    plan = plan.with_line("peru", "s", "Support", category="indirect", percent=7, of={"categories": ["staff"]})
    assert [line.amount for line in plan.lines] == [Decimal("39960.00"), Decimal("2797.20")]
    assert plan.total == Decimal("42757.20")
    assert all(cell.is_built for cell in plan.allocations)
    assert plan.check().ok
    assert logframe.loads(plan.to_toml()) == plan


def test_lines_are_found_by_id_or_number_and_say_what_they_are(proposal: logframe.Plan) -> None:
    line = proposal.lines["peru-coordinator-1"]
    assert (line.office, line.result, line.category, line.post) == ("peru", "1.1a", "staff", "coordinator")
    assert proposal.lines["line 4"].description == "Repair of classrooms"
    assert repr(line) == "<Line peru, 1.1a: Coordinator, classrooms: 20,520.00>"
    assert sum(amount for _, amount in line.parts) == line.amount
    with pytest.raises(logframe.UnknownNameError, match="did you mean `peru-coordinator-1`"):
        proposal.lines["peru-coordinator1"]


def test_a_line_in_another_currency_keeps_its_own_amount(proposal: logframe.Plan) -> None:
    line = proposal.lines["line 4"]  # 12 classrooms at 11,400 soles, 3.72 soles a dollar
    assert (line.currency, line.exact, line.amount) == ("PEN", Decimal(136800), Decimal("36774.19"))


def test_a_changed_line_changes_what_rests_on_it(proposal: logframe.Plan) -> None:
    dearer = proposal.change_line("peru-coordinator-1", unit_cost="2_950.00")  # 100 x 24 x 30 % = 720, with 2 % and 7 % on top
    assert dearer.total - proposal.total == Decimal("785.80")
    assert {finding.rule for finding in dearer.check().errors} == {"declared-total"}
    assert dearer.change_line("peru-coordinator-1", unit_cost="2850.00") == proposal


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"unit_cost": 1850.0}, "not float"),
        ({"unit_cost": True}, "not bool"),
        ({"period": "2027-Q7"}, "is no period"),
        ({"spread": "week"}, "no step `week`"),
        ({"of": {"category": ["staff"]}}, "`of` has `lines`"),
        ({"unitcost": 3}, "a budget line has no `unitcost`"),
        ({"weights": [1, 2]}, "say by what"),
    ],
)
def test_what_a_line_cannot_be_is_refused_in_words(more: dict[str, object], why: str) -> None:
    with pytest.raises((TypeError, ValueError, logframe.UnknownNameError), match=why):
        relief().with_line("peru", "1a", "Field staff", **more)  # type: ignore[arg-type]


def test_an_unknown_office_has_the_nearest_name() -> None:
    with pytest.raises(logframe.UnknownNameError, match="did you mean `peru`"):
        relief().with_line("perú", "1a", "Field staff")


def test_time_and_money_are_tables(proposal: logframe.Plan) -> None:
    years = proposal.over_time("year", rows="category").to_polars()
    assert years.columns == ["category", "2027", "2028", "whole", "total"]
    assert sum(years["total"].to_list()) == proposal.total
    for name in ("lines", "categories", "years", "half-years", "quarters", "months", "currencies", "funding", "gap"):
        assert "<table" in proposal.table(name).to_html(), name
    gap = {row[0]: row[4] for row in proposal.gap("office").rows}
    assert gap["Colombia"] == Decimal("739429.64")  # nothing is earmarked to it


def test_shared_money_is_counted_once(proposal: logframe.Plan) -> None:
    shared = proposal.with_funding("open-hand", 1000, offices=["peru", "colombia"])
    rows = {row[0]: row for row in shared.gap("office").rows}
    assert rows["shared by several"][2] == Decimal(1000)
    assert rows["Total"][2] == Decimal("701000.00")


def test_donors_rules_are_held(proposal: logframe.Plan) -> None:
    assert proposal.check().ok
    more = proposal.change_line("peru-support", percent=9)
    assert "indirect-rate-above" in {finding.rule for finding in more.check().errors}


def test_the_nouns_of_a_budget_are_frozen_and_pickle(proposal: logframe.Plan) -> None:
    for thing in (proposal.lines[0], proposal.categories[0], proposal.rates[0], proposal.donors[0], proposal.funding[0]):
        assert pickle.loads(pickle.dumps(thing)) == thing
        assert copy.deepcopy(thing) == thing
        assert hash(thing) == hash(pickle.loads(pickle.dumps(thing)))
        with pytest.raises(AttributeError):
            thing.remarks = "x"  # type: ignore[union-attr, misc]


def test_a_finding_about_a_table_of_lines_names_the_table(tmp_path: Path) -> None:
    text = 'format = 1\n[plan]\nid = "p"\ntitle = "P"\ncurrency = "USD"\nlines = { file = "lines.csv" }\n'
    text += '[[head]]\nid = "h"\ntitle = "H"\n[[office]]\nid = "o"\nname = "O"\n'
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    (tmp_path / "lines.csv").write_text(
        "office,result,description,quantity,unit-cost,amount\no,h,Tents,3,250,700\n", encoding="utf-8"
    )
    plan = logframe.load(tmp_path / "plan.toml")
    (finding,) = plan.check().errors
    assert (Path(finding.file or "").name, finding.line, finding.column) == ("lines.csv", 2, 17)
    assert plan.total == 750
    assert logframe.loads(plan.to_toml()) == plan
    assert pickle.loads(pickle.dumps(plan)) == plan
