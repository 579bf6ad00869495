"""Times `logframe` beside what people use today, in one run on one machine.

    python benches/peers.py [--offices 1000] [--rounds 7] [--markdown]

Three pieces of work on the same figures: the IOM plan's budget, and a generated plan of ten cells an office.

- In process: `logframe.loads(text).check()` beside a model that a careful Python user would write (tomllib, pydantic v2,
  Decimal), which checks the declared totals and shares and nothing else.
- As a command: `logframe check` beside `hledger check` and `bean-check` on a journal of the same cells with one balance assertion
  for each declared total. Their totals are the exact sums, because neither knows rounding.
- Memory: the largest resident size of each command.

It needs the installed `logframe` package and `pydantic`; `hledger` and `beancount` are left out, aloud, where they are missing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import tomllib
from pydantic import BaseModel, ConfigDict

import logframe

ROOT = Path(__file__).resolve().parent.parent
IOM = ROOT / "plans" / "iom-venezuela-2018.toml"

Cells = dict[str, dict[str, Decimal]]


class Shares(BaseModel):
    model_config = ConfigDict(extra="forbid")
    unit: Decimal
    total: Any = None
    results: dict[str, Decimal] = {}
    offices: dict[str, Decimal] = {}


class Declared(BaseModel):
    where: str
    of: dict[str, list[str]] = {}
    total: Any = None
    results: dict[str, Any] = {}
    offices: dict[str, Any] = {}
    shares: Shares | None = None


class Plan(BaseModel):
    format: int
    budget: dict[str, dict[str, Decimal | str]]
    declared: list[Declared] = []


def value(figure: Any) -> Decimal:
    return Decimal(figure["value"] if isinstance(figure, dict) else figure)


def python_model(text: str) -> int:
    """Reads a plan and counts the declared figures that miss their parts by more than rounding allows."""
    plan = Plan.model_validate(tomllib.loads(text, parse_float=Decimal))
    cells: Cells = {o: {r: a for r, a in row.items() if isinstance(a, Decimal)} for o, row in plan.budget.items()}
    columns: dict[str, list[Decimal]] = {}
    for row in cells.values():
        for result, amount in row.items():
            columns.setdefault(result, []).append(amount)
    wrong = 0

    def compare(declared: Decimal, parts: list[Decimal]) -> None:
        nonlocal wrong
        wrong += abs(declared - sum(parts, Decimal())) * 2 > len(parts) + 1

    for block in plan.declared:
        offices = block.of.get("offices")
        scope = cells if offices is None else {o: cells[o] for o in offices}
        for result, figure in block.results.items():
            inside = columns.get(result, []) if offices is None else [row[result] for row in scope.values() if result in row]
            compare(value(figure), inside)
        for office, figure in block.offices.items():
            compare(value(figure), list(cells[office].values()))
        if block.total is not None:
            compare(value(block.total), [amount for row in scope.values() for amount in row.values()])
        if block.shares is not None and block.total is not None:
            base, half = value(block.total), block.shares.unit / 2
            for office, share in block.shares.offices.items():
                wrong += abs(100 * value(block.offices[office]) / base - share) > half
            for result, share in block.shares.results.items():
                wrong += abs(100 * value(block.results[result]) / base - share) > half
    return wrong


def cells_of(text: str) -> Cells:
    budget = tomllib.loads(text, parse_float=Decimal)["budget"]
    return {o: {r: Decimal(a) for r, a in row.items() if a != "-"} for o, row in budget.items()}


def sums(cells: Cells) -> tuple[dict[str, Decimal], dict[str, Decimal], Decimal]:
    rows = {office: sum(row.values(), Decimal()) for office, row in cells.items()}
    columns: dict[str, Decimal] = {}
    for row in cells.values():
        for result, amount in row.items():
            columns[result] = columns.get(result, Decimal()) + amount
    return rows, columns, sum(rows.values(), Decimal())


def account(name: str) -> str:
    return "A" + "".join(c for c in name.title() if c.isalnum())


def hledger_journal(cells: Cells) -> str:
    """Each cell is posted to its office and against its result; the assertions sum the accounts under each."""
    rows, columns, total = sums(cells)
    lines = []
    for office, row in cells.items():
        lines.append(f"2018-01-01 {office}")
        for result, amount in row.items():
            lines.append(f"  o:{account(office)}:{account(result)}  USD {amount}")
            lines.append(f"  r:{account(result)}:{account(office)}  USD -{amount}")
        lines.append("")
    lines.append("2018-01-02 declared")
    lines += [f"  o:{account(office)}  USD 0 =* USD {amount}" for office, amount in rows.items()]
    lines += [f"  r:{account(result)}  USD 0 =* USD -{amount}" for result, amount in columns.items()]
    lines += [f"  o  USD 0 =* USD {total}", ""]
    return "\n".join(lines)


def beancount_ledger(cells: Cells) -> str:
    rows, columns, total = sums(cells)
    lines = ["2017-01-01 open Assets:O USD"]
    lines += [f"2017-01-01 open Assets:O:{account(office)} USD" for office in rows]
    lines += [f"2017-01-01 open Income:R:{account(result)} USD" for result in columns]
    for office, row in cells.items():
        for result in row:
            lines.append(f"2017-01-01 open Assets:O:{account(office)}:{account(result)} USD")
            lines.append(f"2017-01-01 open Income:R:{account(result)}:{account(office)} USD")
    for office, row in cells.items():
        lines.append(f'2018-01-01 * "{office}"')
        for result, amount in row.items():
            lines.append(f"  Assets:O:{account(office)}:{account(result)}  {amount} USD")
            lines.append(f"  Income:R:{account(result)}:{account(office)}  -{amount} USD")
    lines += [f"2018-01-02 balance Assets:O:{account(office)}  {amount} USD" for office, amount in rows.items()]
    lines += [f"2018-01-02 balance Income:R:{account(result)}  -{amount} USD" for result, amount in columns.items()]
    lines += [f"2018-01-02 balance Assets:O  {total} USD", ""]
    return "\n".join(lines)


def generated(offices: int) -> str:
    command = ["cargo", "run", "-q", "--release", "-p", "logframe", "--example", "generate", "--", str(offices)]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def side_by_side(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Rounds are interleaved, so that a busy moment of the machine falls on all of them."""
    for work in works.values():
        work()
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(timed(work))
    return times


def run(command: list[str]) -> Callable[[], object]:
    """A whole process, started without copying this one: what a shell would take for it."""

    def work() -> None:
        nothing = os.open(os.devnull, os.O_WRONLY)
        quiet = [(os.POSIX_SPAWN_DUP2, nothing, 1)]
        child = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
        os.close(nothing)
        _, status = os.waitpid(child, 0)
        if status != 0:
            sys.exit(f"{' '.join(command)} failed")

    return work


def peak_mib(command: list[str]) -> float | None:
    """Largest resident size of a command, in MiB, by GNU time: a child of this process would be charged with this one's."""
    timer = shutil.which("time")
    if timer is None:
        return None
    done = subprocess.run([timer, "-f", "%M", *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    return int(done.stderr.split()[-1]) / 1024


def commands(text: str, folder: Path) -> dict[str, list[str]]:
    plan, journal, ledger = folder / "plan.toml", folder / "plan.journal", folder / "plan.bean"
    plan.write_text(text)
    cells = cells_of(text)
    journal.write_text(hledger_journal(cells))
    ledger.write_text(beancount_ledger(cells))
    native = ROOT / "target" / "release" / "logframe"
    found = {
        "logframe check": [str(native), "check", "--format", "concise", str(plan)],
        "logframe check (Python's script)": [shutil.which("logframe", path=str(Path(sys.executable).parent)), "check", str(plan)],
        "hledger check": [shutil.which("hledger"), "-f", str(journal), "check"],
        "bean-check": [
            shutil.which("bean-check", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}"),
            "--no-cache",
            str(ledger),
        ],
    }
    for name, command in found.items():
        if not command[0]:
            print(f"{name}: not installed here, left out", file=sys.stderr)
    return {name: [str(part) for part in command] for name, command in found.items() if command[0]}


def report(title: str, times: dict[str, list[float]], memory: dict[str, float | None]) -> None:
    first = statistics.median(next(iter(times.values())))
    print(f"\n{title}\n\n| | median | fastest | slowest | times the first | MiB |\n|---|---:|---:|---:|---:|---:|")
    for name, seconds in times.items():
        median = statistics.median(seconds)
        shown = " | ".join(f"{second * 1000:,.2f} ms" for second in (median, min(seconds), max(seconds)))
        peak = memory.get(name)
        print(f"| {name} | {shown} | {median / first:,.1f} | {f'{peak:,.0f}' if peak else ''} |")


def in_process(title: str, text: str, rounds: int) -> None:
    works = {
        "logframe.loads(text).check()": lambda: logframe.loads(text).check(),
        "tomllib + pydantic + Decimal": lambda: python_model(text),
    }
    report(f"{title}, in process", side_by_side(works, rounds), {})


def as_commands(title: str, text: str, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = commands(text, Path(folder))
        memory = {name: peak_mib(command) for name, command in found.items()}
        report(f"{title}, as a command", side_by_side({name: run(command) for name, command in found.items()}, rounds), memory)


def main() -> None:
    parser = argparse.ArgumentParser(description="Times logframe beside its peers.")
    parser.add_argument("--offices", type=int, default=10_000, help="offices of the large generated plan, ten cells each")
    parser.add_argument(
        "--journal-offices", type=int, default=500, help="the same where journals are compared: theirs take minutes"
    )
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    subprocess.run(["cargo", "build", "-q", "--release", "-p", "logframe-cli"], cwd=ROOT, check=True)
    iom = IOM.read_text()
    in_process("The IOM plan", iom, options.rounds)
    as_commands("The IOM plan", iom, options.rounds)
    for offices, compare in ((options.offices, in_process), (options.journal_offices, as_commands)):
        text = generated(offices)
        compare(f"A generated plan of {offices * 10:,} allocations ({len(text):,} bytes)", text, options.rounds)


if __name__ == "__main__":
    main()
