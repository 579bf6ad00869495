"""New plans from old ones and from nothing: what is meant is changed, and nothing else."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

import logframe
from conftest import TINY
from logframe import Plan


def page(thing: Any) -> str:
    return str(thing._repr_html_())


def proposal() -> Plan:
    plan = Plan("relief-2027", "Relief", "EUR", organisation="Us", first_day=date(2027, 1, 1))
    plan = plan.with_outcome("1", "Shelter", statement="Families have a roof", sdgs=["11.1"])
    plan = plan.with_output("1.1", "Tents", outcome="1").with_activity("1a", "Buy tents", under="1.1")
    plan = plan.with_head("support", "Support costs").with_region("andes", "Andes", {"PE": "Peru", "BO": "Bolivia"})
    plan = plan.with_office("peru", "Peru", kind="country", places=["PE"]).with_office("bolivia", "Bolivia", places=["BO"])
    return (
        plan.with_allocation("peru", "1.1", "1250.50")
        .with_allocation("bolivia", "1", 900)
        .with_allocation("peru", "support", "-")
    )


def test_a_plan_is_built_from_nothing() -> None:
    plan = proposal()
    assert (plan.total, plan.currency, plan.printed.unit) == (Decimal("2150.50"), "EUR", None)
    assert plan.duration is not None
    assert (plan.duration.first_day, plan.duration.last_day) == (date(2027, 1, 1), None)
    assert plan.activities["1a"].outcome == plan.outcomes["1"]
    assert plan.pivot("region", "outcome").rows[0] == ("Andes", Decimal("2150.50"), "-", Decimal("2150.50"))
    assert plan.check().ok


def test_what_is_built_is_written_as_a_person_would_and_reads_back(tmp_path: Path) -> None:
    plan = proposal()
    plan.save(tmp_path / "plan.toml")
    assert logframe.load(tmp_path / "plan.toml") == plan
    lines = plan.to_toml().splitlines()
    assert 'peru    = { 1.1 = 1_250.50, support = "-" }' in [line.replace('"1.1"', "1.1") for line in lines]
    assert "[[outcome]]" in lines
    assert not [line for line in lines if line.endswith((" []", " {}", '""'))]


def test_the_old_plan_stays_as_it_was(iom: Plan) -> None:
    before = iom.to_toml()
    iom.with_allocation("peru", "1", 1).without_office("chile").replace(title="x").without_declared()
    assert iom.to_toml() == before


def test_an_edited_plan_is_checked_like_any_other(iom: Plan) -> None:
    changed = iom.with_allocation("ecuador", "1", 295_609 + 54_000)
    errors = changed.check().errors
    assert any("Ecuador is printed as 2,039,700" in error.message for error in errors)
    assert errors[0].file == "<plan>"
    assert errors[0].line is not None
    assert "2_039_700" in changed.check().errors[-1].text() or "349_609" in changed.check().text()
    # And back again.
    assert changed.with_allocation("ecuador", "1", "295609") == iom


@given(
    st.sampled_from(["peru", "chile", "venezuela"]), st.sampled_from(["1", "evaluation", "2b"]), st.integers(-(10**20), 10**20)
)
def test_an_allocation_that_is_added_can_be_taken_away_again(office: str, result: str, cents: int) -> None:
    iom = logframe.load(Path(__file__).parent.parent / "plans" / "iom-venezuela-2018.toml")
    amount = Decimal(cents) / 100
    more = iom.with_allocation(office, result, amount)
    assert more.allocations[office, result].amount == amount
    assert logframe.loads(more.to_toml()) == more
    old = iom.allocations.get((office, result))
    if old is None:
        assert more.without_allocation(office, result) == iom
    else:
        assert more.with_allocation(office, result, "-" if old.amount is None else old.amount) == iom


def test_things_are_replaced_in_their_place(iom: Plan) -> None:
    plan = iom.with_office("chile", "Republic of Chile", kind="country", places=["CL"])
    assert plan.offices.ids == iom.offices.ids
    assert plan.offices["chile"].name == "Republic of Chile"
    plan = iom.with_outcome("3", "Protection")
    assert plan.outcomes["3"].title == "Protection"
    assert plan.outcomes["3"].activities == iom.outcomes["3"].activities
    assert plan.total == iom.total


def test_what_is_taken_away_takes_its_money_with_it(iom: Plan) -> None:
    assert iom.without_office("chile").total == iom.total - 1_000_001
    assert iom.without_result("4").total == iom.total - 9_968_231
    without = iom.without_result("2b")
    assert "2b" not in without.activities
    assert any(finding.rule == "unknown-reference" for finding in without.check().errors)
    assert len(iom.without_declared("main table").declared) < len(iom.declared)


def test_declared_figures_are_added_and_replaced() -> None:
    plan = proposal().with_declared("table", total="2150.50", offices={"peru": "1250.50", "bolivia": 901})
    assert [error.rule for error in plan.check().errors] == ["declared-total"]
    mended = plan.with_declared("table", total="2150.50", results={"1": "2150.50"})
    assert mended.check().ok
    assert len(mended.declared) == 2
    with pytest.raises(logframe.UnknownNameError, match="did you mean `table`"):
        mended.without_declared("tables")


def test_the_head_of_a_plan_is_replaced_by_name() -> None:
    plan = proposal().replace(id="x", title="T", organisation=None, months=12, first_day=None, sdgs=["5"], language="es")
    assert (plan.id, plan.title, plan.organisation, plan.language) == ("x", "T", None, "es")
    assert plan.sdgs.ids == ("5", "11.1")
    assert repr(plan) == "<Plan x: EUR 2.150,50, 2 offices>"
    with pytest.raises(TypeError, match="a plan has no `titel` that could be set here; there are `id`, `title`"):
        plan.replace(titel="x")  # type: ignore[call-arg]


@pytest.mark.parametrize("wrong", [1.5, True, float("nan"), None, [1], numpy.float64(1), complex(1)])
def test_an_amount_that_is_not_exact_is_refused_with_what_to_write(wrong: Any) -> None:
    with pytest.raises(TypeError, match="an amount is a `Decimal`, an `int` or a text of its digits"):
        proposal().with_allocation("peru", "1", wrong)


@pytest.mark.parametrize("wrong", ["1,250", "1e5", "", "ten", Decimal("NaN"), Decimal("Infinity"), 10**40])
def test_an_amount_that_cannot_be_held_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"is no exact amount|is no amount"):
        proposal().with_allocation("peru", "1", wrong)


def test_integers_of_numpy_are_taken() -> None:
    assert proposal().with_allocation("peru", "1", numpy.int32(7)).allocations["peru", "1"].amount == 7  # type: ignore[arg-type]


def test_unknown_names_are_refused_with_the_nearest() -> None:
    plan = proposal()
    edits: list[tuple[Callable[[], object], str]] = [
        (lambda: plan.with_allocation("perú", "1", 1), "no office `perú`"),
        (lambda: plan.with_allocation("peru", "suport", 1), "did you mean `support`"),
        (lambda: plan.without_office("bolivi"), "did you mean `bolivia`"),
        (lambda: plan.with_activity("2a", "x", under="1.11"), "did you mean `1.1`"),
        (lambda: plan.with_output("2.1", "x", outcome="2"), "no outcome `2`"),
        (lambda: plan.without_allocation("bolivia", "support"), "no allocation `bolivia, support`"),
        (lambda: plan.with_office("x", "X", kind="contry"), "there are country, sub-regional, regional"),  # type: ignore[arg-type]
    ]
    for edit, nearest in edits:
        with pytest.raises(logframe.UnknownNameError, match=nearest):
            edit()
    for bad in ("", " x", "a\nb", "y" * 101):
        with pytest.raises(ValueError, match="cannot be an id"):
            plan.with_head(bad, "x")


def test_a_plan_too_large_for_a_text_is_checked_and_pickled_all_the_same() -> None:
    import pickle  # noqa: PLC0415

    cells = 85_000  # of a hundred bytes each
    frame = {
        "office": [f"o{at // 100}" for at in range(cells)],
        "result": [f"{at % 100:095}" for at in range(cells)],
        "amount": ["1"] * cells,
    }
    plan = Plan.from_frame(frame, currency="USE")
    report = plan.check()
    (error,) = report.errors
    assert (error.rule, error.file, error.line) == ("unknown-currency", None, None)
    assert "USE" in error.text()
    assert "USE" in page(report)
    assert pickle.loads(pickle.dumps(plan)) == plan


def test_tiny_plans_have_no_noise() -> None:
    written = logframe.loads(TINY).to_toml()
    assert "declared.results" not in written
    assert written.count("\n\n\n") == 0
