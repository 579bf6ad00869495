"""The command and the notebook give the same answers, about tables and about plans."""

import csv
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import logframe
from conftest import IOM, ROOT

TABLES = sorted((ROOT / "examples" / "tables").glob("*.csv"))
WAYS: dict[str, dict[str, Any]] = {
    "exact": {},
    "nearest": {"unit": 1},
    "half-up": {"unit": 1, "rounding": "half-up"},
    "truncate": {"unit": "1", "rounding": "truncate"},
    "printed-sums": {"unit": 1, "printed_sums": True},
    "blank-zero": {"unit": Decimal("0.1"), "blank": "zero", "none": "rounds-to-zero"},
}
CHANGES = {
    "as printed": ("", ""),
    "transposed": ("4_853_748", "4_835_748"),
    "a wrong total": ("665_418", "665_481"),
    "ten times too small": ("3 = 2_354_000, 4 =   428_000", "3 = 235_400, 4 =   428_000"),
    "exchanged": ("{ 1 =   227_273, 2 =   224_138", "{ 1 =   224_138, 2 =   227_273"),
    "one more": ("237_514,", "237_515,"),
    "cut off": ('rounding = "nearest"', 'rounding = "truncate"'),
    "half up": ('rounding = "nearest"', 'rounding = "half-up"'),
}


def command(*args: object) -> dict[str, Any] | str:
    """What the command answers, or what it refuses."""
    run = [sys.executable, "-m", "logframe", "reconcile", *map(str, args), "--format", "json"]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    if not done.stdout:
        assert done.returncode == 2
        return done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == {"inconsistent": 1, "undecided": 2}.get(said["verdict"], 0)
    return said


def options(way: dict[str, Any]) -> list[str]:
    said: list[str] = []
    for name, value in way.items():
        option = "--" + name.replace("_", "-")
        said += [option] if value is True else [option, str(value)]
    return said


def same(said: dict[str, Any], found: logframe.Reconciliation, asked: str) -> None:
    mine = found.to_dict()
    # What a command is asked besides, and where the text came from, is its own.
    for answer in (said, mine):
        for key in ("title", "notes", "ranges", "repair"):
            answer.pop(key, None)
        for figure in answer["figures"]:
            figure.pop("line", None)
            figure.pop("column", None)
    assert said == mine, asked


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_of_a_table(path: Path, way: str) -> None:
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    said = command(path, *options(WAYS[way]))
    if isinstance(said, str):
        with pytest.raises(logframe.TableError) as refused:
            logframe.reconcile(rows, **WAYS[way])
        messages = [finding.splitlines()[0].split(": ", 1)[1] for finding in refused.value.findings]
        assert messages
        assert all(message in said for message in messages)
        return
    same(said, logframe.reconcile(rows, **WAYS[way]), path.stem)


@pytest.mark.parametrize("change", CHANGES)
def test_of_a_plan(change: str, tmp_path: Path) -> None:
    old, new = CHANGES[change]
    text = IOM.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "plan.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = logframe.load(path).reconcile()
    said = command(path, "--range", "total", "--range", "office=ecuador,result=1", "--repair", "fewest", "--fix", "totals")
    assert not isinstance(said, str)
    for ids in ("total", "office=ecuador,result=1"):
        range_is_the_same(said["ranges"][ids], found, ids)
    if said["repair"]["reason"]:
        with pytest.raises(ValueError, match=said["repair"]["reason"]):
            found.repair("fewest", fixed=["totals"])
        return same(said, found, change)
    repairs = [[(found.figures[at["figure"]].name, at["number"]) for at in repair] for repair in said["repair"]["found"]]
    mine_repairs = found.repair("fewest", fixed=["totals"])
    assert repairs == [[(change.figure, str(change.number)) for change in repair] for repair in mine_repairs]
    return same(said, found, change)


def range_is_the_same(said: dict[str, Any], found: logframe.Reconciliation, ids: str) -> None:
    if said["reason"]:
        with pytest.raises(ValueError, match=said["reason"]):
            found.range(ids)
        return
    mine, amounts = found.range(ids), said["amounts"]
    if mine is None or amounts is None:
        assert mine is amounts
        return
    ends = (number(amounts["low"]), number(amounts["high"]), amounts["low_included"], amounts["high_included"])
    assert ends == (mine.low, mine.high, mine.low_included, mine.high_included)


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
