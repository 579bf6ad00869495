"""Planning from a notebook: sums hold, and what cannot be done says why."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

import logframe
from conftest import ROOT


def test_scaling_keeps_what_is_fixed(iom: logframe.Plan) -> None:
    smaller = logframe.scale(iom, to=Decimal("25000000"), fixed=["colombia"])
    assert smaller.total == 25_000_000
    assert smaller.offices["colombia"].total == iom.offices["colombia"].total
    assert smaller.allocations["argentina", "3"].is_none


def test_what_cannot_be_done_says_why(iom: logframe.Plan) -> None:
    with pytest.raises(logframe.UnknownNameError, match="did you mean `colombia`"):
        logframe.scale(iom, to=1, fixed=["columbia"])
    with pytest.raises(ValueError, match="no whole number of units"):
        logframe.scale(iom, to="1.5")
    with pytest.raises(ValueError, match="cannot be taken from it"):
        logframe.move_money(iom, 10**9, source=("colombia", "1"), target=("chile", "1"))
    with pytest.raises(TypeError, match="not float"):
        logframe.scale(iom, to=25e6)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no line has a weight above zero"):
        logframe.share_out(iom, 100, result="1", by={"peru": 0})


def test_a_scenario_file_loads_as_a_plan(tmp_path: Path) -> None:
    shutil.copy(ROOT / "plans" / "iom-venezuela-2018.toml", tmp_path / "iom.toml")
    scenario = tmp_path / "less.toml"
    scenario.write_text(
        'format = 1\nscenario = { base = "iom.toml" }\n[[change]]\nscale = { to = 30_000_000 }\n', encoding="utf-8"
    )
    plan = logframe.load(scenario)
    assert plan.total == 30_000_000
    assert logframe.loads(plan.to_toml()) == plan
    scenario.write_text('format = 1\nscenario = { base = "../iom.toml" }\n', encoding="utf-8")
    with pytest.raises(logframe.PlanError, match="must be a path inside the folder"):
        logframe.load(scenario)


def test_rules_of_a_donors_own_come_from_a_file(tmp_path: Path) -> None:
    rules = tmp_path / "own.toml"
    rules.write_text(
        'id = "own"\n[[clause]]\nid = "staff"\ntext = "little staff"\ncategory-share = { of = ["staff"], most = 10 }\n'
    )
    proposal = logframe.load(ROOT / "plans" / "proposal-example.toml")
    assert {found.rule for found in proposal.with_profile(str(rules)).check().errors} == {"category-share-above"}
    rules.write_text("id = 3\n")
    with pytest.raises(logframe.PlanError):
        proposal.with_profile(str(rules))
    with pytest.raises(logframe.MissingFileError):
        proposal.with_profile("nothing.toml")


def test_a_line_in_given_parts() -> None:
    plan = logframe.load(ROOT / "plans" / "proposal-example.toml")
    plan = plan.with_line("peru", "1.1a", "Paint", id="paint", amount=30, period="2027/2028", spread="year", amounts=[10, "20"])
    assert "spread-mismatch" not in {found.rule for found in plan.check().findings}
    off = plan.change_line("paint", amounts=[10, 21])
    assert "spread-mismatch" in {found.rule for found in off.check().findings}
    with pytest.raises(TypeError, match="say by what"):
        plan.change_line("paint", spread=None, amounts=[1])


def test_lines_beside_a_plan_stay_beside_it(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(
        'format = 1\nplan = { id = "t", title = "T", currency = "USD", lines = { file = "lines.csv", unit = 0.01 } }\n'
        'head = [{ id = "a", title = "A" }]\noffice = [{ id = "peru", name = "Peru" }]\n'
    )
    (tmp_path / "lines.csv").write_text("office,result,description,amount\nperu,a,Tents,5\n")
    more = logframe.load(tmp_path / "plan.toml").with_line("peru", "a", "Blankets", amount=3)
    more.save(tmp_path / "plan.toml")
    assert "[[line]]" not in (tmp_path / "plan.toml").read_text()
    assert (tmp_path / "lines.csv").read_text().splitlines()[2].startswith(",peru,a,,Blankets")
    assert logframe.load(tmp_path / "plan.toml").total == 8
