"""Times reconciliation beside a linear solver and a library of graphs, on the same figures in one run.

    python benches/reconcile_peers.py [--rounds 7] [--most 200000]

The question "can one unrounded amount stand behind every printed figure?" is put to

- `logframe`: `System::reconcile` of the core, which answers with a proof that it has tried anew (`examples/reconcile_time.rs`);
- HiGHS by way of `scipy.optimize.linprog(method="highs")`: as many unknowns as figures, each within half a unit of what is
  printed, one sparse row a sum, nothing to minimise. To be kind to it, it is given how far each amount is from its figure,
  and the matrix is made before the clock starts. Its ends are closed (half up has open ones), its numbers are binary floats, and
  what misses a sum by less than 1e-7 counts as holding (the solver's default): its answer is no proof.
- petgraph's `dinics`, flat tables only: the same network in tenths, built and solved in the same process as `logframe`; the
  answer is whether, without amounts or sums that contradict each other.

It needs cargo, numpy and scipy.
"""

from __future__ import annotations

import argparse
import math
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import linprog
from scipy.sparse import csr_array

ROOT = Path(__file__).resolve().parent.parent
FLAT = [("16", "5"), ("200", "20"), ("2000", "50"), ("1000", "1000")]
IN_GROUPS = [("4x4", "5"), ("40x25", "12"), ("200x20", "12"), ("4x3", "3x3"), ("8x4", "3x4")]

# What takes longer than this is timed once, and what takes longer than that is not waited for. In seconds.
SLOW = 10.0
LONGEST = 120.0


class Table:
    """One table, in a process of the core that reconciles it when it is told to."""

    def __init__(self, program: str, rows: str, columns: str) -> None:
        self.name = f"{rows} x {columns}" if "x" not in rows + columns else f"({rows}) x ({columns})"
        self.is_flat = "x" not in rows + columns
        self.process = subprocess.Popen([program, rows, columns], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.printed = np.array(self.ask("figures").split(), dtype=float)
        self.sums = [[int(figure) for figure in self.line().split()] for _ in range(int(self.line()))]
        self.matrix, self.residuals = self.problem()

    def ask(self, word: str) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()
        return self.line()

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def problem(self) -> tuple[csr_array, np.ndarray]:
        """Parts less total of the deviations is what the printed figures miss: total less parts."""
        lengths = np.array([len(figures) for figures in self.sums])
        ends = np.concatenate(([0], np.cumsum(lengths)))
        columns = np.concatenate([np.array(figures) for figures in self.sums])
        signs = np.ones(len(columns))
        signs[ends[:-1]] = -1
        matrix = csr_array((signs, columns, ends), shape=(len(self.sums), len(self.printed)))
        return matrix, -(matrix @ self.printed)

    def own(self, word: str) -> float:
        can, nanoseconds = self.ask(word).split()
        assert can == "true", f"{word} says that {self.name} is impossible"
        return int(nanoseconds) / 1e9

    def highs(self) -> float:
        nothing = np.zeros(len(self.printed))
        start = time.perf_counter()
        limit = {"time_limit": LONGEST}
        answer = linprog(nothing, A_eq=self.matrix, b_eq=self.residuals, bounds=(-0.5, 0.5), method="highs", options=limit)
        taken = time.perf_counter() - start
        assert answer.status in (0, 1), f"HiGHS on {self.name}: {answer.message}"
        return taken if answer.status == 0 else math.inf

    def works(self) -> dict[str, Callable[[], float]]:
        works = {"logframe": lambda: self.own("reconcile"), "HiGHS": self.highs}
        if self.is_flat:
            works["petgraph"] = lambda: self.own("petgraph")
        return works


def side_by_side(works: dict[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Medians. Rounds are interleaved, so that a busy moment of the machine falls on all; what takes long is timed once."""
    times = {name: [work()] for name, work in works.items()}
    quick = {name: work for name, work in works.items() if times[name][0] < SLOW}
    for name in quick:
        times[name].clear()
    for _ in range(rounds):
        for name, work in quick.items():
            times[name].append(work())
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def shown(seconds: float) -> str:
    if seconds == math.inf:
        return f"not within {LONGEST:.0f} s"
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:,.3g} {unit}"
    return f"{seconds * 1e6:,.3g} µs"


def versus(seconds: float, own: float) -> str:
    """What a peer takes, and how many times ours that is."""
    ratio = seconds / own
    if ratio == math.inf:
        return f"{shown(seconds)} | more than {LONGEST / own:,.0f}"
    return f"{shown(seconds)} | " + (f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.2g}")


def program() -> str:
    build = ["cargo", "build", "-q", "--release", "-p", "logframe", "--example", "reconcile_time"]
    build += ["--message-format", "json-render-diagnostics"]
    told = subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    return next(line.split('"executable":"')[1].split('"')[0] for line in told.splitlines() if '"executable":"' in line)


def main() -> None:
    parser = argparse.ArgumentParser(description="Times reconciliation beside HiGHS and petgraph.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--most", type=int, default=2_000_000, help="tables of more figures than this are left out")
    options = parser.parse_args()
    path = program()
    print(f"scipy {scipy.__version__}, Python {sys.version.split()[0]}, medians of {options.rounds} rounds\n")
    print("| table | figures | sums | logframe | HiGHS | times | petgraph | times |\n|---|---:|---:|---:|---:|---:|---:|---:|")
    for rows, columns in FLAT + IN_GROUPS:
        table = Table(path, rows, columns)
        if len(table.printed) > options.most:
            continue
        took = side_by_side(table.works(), options.rounds)
        own = took["logframe"]
        beside = [versus(took[peer], own) if peer in took else " | " for peer in ("HiGHS", "petgraph")]
        size = f"{len(table.printed):,} | {len(table.sums):,}"
        print(f"| {table.name} | {size} | {shown(own)} | {' | '.join(beside)} |", flush=True)
        table.process.kill()
        table.process.wait()


if __name__ == "__main__":
    main()
