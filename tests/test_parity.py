"""The command and the notebook say the same of the same tables and plans: verdict, proof, culprits, ranges, repairs."""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import logframe

IOM = "plans/iom-venezuela-2018.toml"
TABLES = sorted(Path("examples/tables").glob("*.csv"))
# Options of the command, and the same for the notebook.
HOWS: list[tuple[list[str], dict[str, Any]]] = [
    ([], {}),
    (["--unit", "1"], {"unit": 1}),
    (["--unit", "1", "--rounding", "half-up"], {"unit": 1, "rounding": "half-up"}),
    (["--unit", "1", "--rounding", "truncate"], {"unit": "1", "rounding": "truncate"}),
    (["--unit", "0.5", "--rounding", "ceiling"], {"unit": "0.5", "rounding": "ceiling"}),
    (["--unit", "1", "--printed-sums"], {"unit": 1, "printed_sums": True}),
    (["--unit", "1", "--none", "unknown", "--blank", "zero"], {"unit": 1, "none": "unknown", "blank": "zero"}),
    (["--unit", "1", "--total-row", "last", "--total-column", "none"], {"unit": 1, "total_row": True, "total_column": None}),
]
# Slips of the pen in the plan, with what is printed and what was typed.
SLIPS = {
    "as it is": ("", ""),
    "Colombia, transposed": ("4_853_748", "4_835_748"),
    "Mexico's total, exchanged": ("665_418", "665_481"),
    "Brazil, a digit dropped": ("3 = 2_354_000", "3 = 235_400"),
    "the grand total, one more": ("32_326_041", "32_326_051"),
    "half up": ('rounding = "nearest"', 'rounding = "half-up"'),
}


def of_command(text: str, *options: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "logframe", "reconcile", "-", "--format", "json", *options]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, encoding="utf-8")
    said: dict[str, Any] = json.loads(done.stdout or "{}")
    assert said or "error[" in done.stderr
    return said


def without_places(value: Any) -> Any:
    """The same without what only the command can know: where in its file a figure stands."""
    if isinstance(value, dict):
        return {key: without_places(one) for key, one in value.items() if key not in ("line", "column")}
    return [without_places(one) for one in value] if isinstance(value, list) else value


def agree(said: dict[str, Any], found: logframe.Reconciliation, asked: list[str]) -> None:
    """Compares all that both tell; `said` has ranges of what was asked and repairs that change the fewest figures."""
    mine = found.to_dict()
    assert said["verdict"] == found.verdict
    for key in mine.keys() - {"title"}:
        assert without_places(said[key]) == without_places(mine[key]), key
    assert len(found.certificate) == len(said["contradictions"])
    assert [None if one.number is None else str(one.number) for one in found.culprits] == [
        change["number"] for cause in said["causes"] for one in cause["explanations"] for change in one["corrections"]
    ]
    for ids in asked:
        amounts, reason = said["ranges"][ids]["amounts"], said["ranges"][ids]["reason"]
        if reason is not None:
            with pytest.raises(ValueError, match=re.escape(reason)):
                found.range(ids)
            continue
        mine_of = found.range(ids)
        assert (amounts is None) == (mine_of is None), ids
        if amounts is not None and mine_of is not None:
            ends = (mine_of.low, mine_of.low_included, mine_of.high, mine_of.high_included)
            low, high = (None if end is None else str(end) for end in (ends[0], ends[2]))
            assert (amounts["low"], amounts["low_included"]) == (low, ends[1]), ids
            assert (amounts["high"], amounts["high_included"]) == (high, ends[3]), ids


def repaired(found: logframe.Reconciliation, fixed: list[str]) -> list[list[tuple[str, str]]] | None:
    try:
        repairs = found.repair("fewest", fixed=fixed)
    except ValueError:
        return None
    return [[(change.figure, str(change.number)) for change in repair] for repair in repairs]


def names_of(said: dict[str, Any]) -> list[list[tuple[str, str]]] | None:
    """The repairs of the command by the names of their figures."""
    repair = said["repair"]
    if repair["reason"] is not None:
        return None
    names = [figure["name"] for figure in said["figures"]]
    return [[(names[change["figure"]], change["number"]) for change in one] for one in repair["found"]]


@pytest.mark.parametrize("how", HOWS, ids=[" ".join(options) or "exact" for options, _ in HOWS])
@pytest.mark.parametrize("file", TABLES, ids=[file.stem for file in TABLES])
def test_of_a_table(file: Path, how: tuple[list[str], dict[str, Any]]) -> None:
    options, arguments = how
    text = file.read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))
    body = rows[1:] if len(rows[0]) == 1 else rows
    try:
        found = logframe.reconcile(body, **arguments)
    except logframe.TableError:
        assert of_command(text, *options) == {}
        return
    ids = {",".join(one["ids"]): None for one in found.to_dict()["figures"]}
    asked = [*list(ids)[:2], list(ids)[-1]]
    ranges = [part for one in asked for part in ("--range", one)]
    said = of_command(text, *options, *ranges, "--repair", "fewest")
    agree(said, found, asked)
    assert names_of(said) == repaired(found, [])


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("fixed", [[], ["totals"]])
def test_of_the_plan_and_of_its_slips(slip: str, fixed: list[str]) -> None:
    printed, typed = SLIPS[slip]
    text = Path(IOM).read_text(encoding="utf-8")
    assert printed in text
    text = text.replace(printed, typed, 1) if printed else text
    found = logframe.loads(text).reconcile()
    asked = ["total", "office=ecuador", "office=colombia,result=4"]
    options = [part for one in asked for part in ("--range", one)] + [part for one in fixed for part in ("--fix", one)]
    said = of_command(text, *options, "--repair", "fewest")
    agree(said, found, asked)
    assert names_of(said) == repaired(found, fixed)


def test_of_the_plan_for_teaching() -> None:
    text = Path("plans/teaching.toml").read_text(encoding="utf-8")
    found = logframe.loads(text).reconcile()
    said = of_command(text, "--range", "total", "--repair", "fewest")
    agree(said, found, ["total"])
    assert names_of(said) == repaired(found, [])
