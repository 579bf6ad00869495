"""The command and the notebook say the same of revisions, of combined plans, and of budgets through the years."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import logframe

IOM = "plans/iom-venezuela-2018.toml"
PROPOSAL = "plans/proposal-example.toml"
REVISION = "plans/proposal-example-revision.toml"


def of_command(*args: str) -> str:
    command = [sys.executable, "-m", "logframe", *args]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@pytest.mark.parametrize(("old", "new"), [(PROPOSAL, REVISION), (REVISION, PROPOSAL), (IOM, IOM)])
def test_of_a_revision(old: str, new: str) -> None:
    found = logframe.diff(logframe.load(old), logframe.load(new))
    assert json.loads(of_command("diff", old, new, "--format", "json")) == json.loads(found.to_json())
    assert of_command("diff", old, new, "--format", "markdown").strip() == found.to_markdown().strip()


@pytest.mark.parametrize(
    "table", ["lines", "categories", "years", "half-years", "quarters", "months", "currencies", "funding", "gap"]
)
@pytest.mark.parametrize("plan", [PROPOSAL, REVISION])
def test_of_a_budget(plan: str, table: str) -> None:
    assert of_command("show", plan, table, "--format", "csv") == logframe.load(plan).table(table).to_csv()


def test_of_a_combined_plan(tmp_path: Path) -> None:
    region = logframe.load(PROPOSAL)
    sent = {"peru.toml": logframe.load(REVISION).without_office("colombia"), "colombia.toml": region.without_office("peru")}
    for name, plan in sent.items():
        plan.save(tmp_path / name)
    written = tmp_path / "combined.toml"
    of_command("combine", PROPOSAL, *(str(tmp_path / name) for name in sent), "-o", str(written))
    together, _ = logframe.combine(region, {str(tmp_path / name): plan for name, plan in sent.items()})
    assert not logframe.diff(logframe.load(written), together)
    assert together.total == region.total


def test_of_a_history(tmp_path: Path) -> None:
    def git(*args: str) -> None:
        subprocess.run(
            [shutil.which("git") or "git", "-c", "user.name=Ana", "-c", "user.email=ana@example.org", *args],
            cwd=tmp_path,
            check=True,
        )

    git("init", "-q")
    for version, message in ((PROPOSAL, "As submitted"), (REVISION, "First revision")):
        (tmp_path / "plan.toml").write_bytes(Path(version).read_bytes())
        git("add", "plan.toml")
        git("commit", "-qm", message)
    table = logframe.history(tmp_path / "plan.toml")
    assert [str(row[3]) for row in table.rows] == ["1475994.36", "1475994.36"]
    assert of_command("log", str(tmp_path / "plan.toml"), "--format", "csv") == table.to_csv()
