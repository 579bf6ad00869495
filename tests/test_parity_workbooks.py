"""The command and the notebook say the same of workbooks: what is read, what is found and where, what comes back."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import logframe
from conftest import ROOT

BUDGET = ROOT / "examples" / "tables" / "budget.xlsx"
IOM = ROOT / "examples" / "tables" / "iom.csv"


def of_command(*args: str) -> str:
    command = [sys.executable, "-m", "logframe", *args]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@pytest.mark.parametrize("path", [BUDGET, IOM])
def test_of_what_is_found_and_where(path: Path) -> None:
    options = ["--currency", "USD", "--unit", "1"]
    said = json.loads(of_command("check", str(path), "--format", "json", *options))["files"][0]["findings"]
    found = logframe.read_excel(path, currency="USD", unit=1).check().findings
    assert [(one["rule"], one["message"], one["places"][0].get("cell")) for one in said] == [
        (one.rule, one.message, one.cell) for one in found
    ]


def test_of_the_plan_that_is_read(tmp_path: Path) -> None:
    written = tmp_path / "plan.toml"
    of_command("import", str(BUDGET), "-o", str(written))
    assert not logframe.diff(logframe.load(written), logframe.read_excel(BUDGET))


def test_of_what_is_recognised(tmp_path: Path) -> None:
    written = tmp_path / "map.toml"
    of_command("import", str(BUDGET), "--dry-run", f"--save-mapping={written}")
    assert written.read_text(encoding="utf-8") == logframe.recognise(BUDGET)


def test_of_what_is_written(tmp_path: Path) -> None:
    plan = ROOT / "plans" / "proposal-example.toml"
    of_command("export", str(plan), "-o", str(tmp_path / "command.xlsx"))
    of_command("export", str(plan), "-o", str(tmp_path / "command"))
    logframe.load(plan).to_excel(tmp_path / "notebook.xlsx")
    logframe.load(plan).to_data_package(tmp_path / "notebook")
    assert (tmp_path / "command.xlsx").read_bytes() == (tmp_path / "notebook.xlsx").read_bytes()
    files = sorted(path.name for path in (tmp_path / "command").iterdir())
    assert files == sorted(path.name for path in (tmp_path / "notebook").iterdir())
    assert all((tmp_path / "command" / name).read_bytes() == (tmp_path / "notebook" / name).read_bytes() for name in files)


def test_a_workbook_for_offices_is_what_the_command_writes(tmp_path: Path) -> None:
    plan = ROOT / "plans" / "proposal-example.toml"
    of_command("template", str(plan), "--office", "peru", "--lines", "40", "-o", str(tmp_path / "command.xlsx"))
    logframe.template(logframe.load(plan), tmp_path / "notebook.xlsx", offices=["peru"], lines=40)
    assert (tmp_path / "command.xlsx").read_bytes() == (tmp_path / "notebook.xlsx").read_bytes()
    with pytest.raises(logframe.UnknownNameError, match="no office `perú` in the plan; did you mean `peru`"):
        logframe.template(logframe.load(plan), tmp_path / "none.xlsx", offices=["perú"])
    with pytest.raises(ValueError, match="the plan has no offices, or no results"):
        logframe.template(logframe.Plan("x", "X", "USD"), tmp_path / "none.xlsx")
    assert not (tmp_path / "none.xlsx").exists()
