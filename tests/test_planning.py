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
