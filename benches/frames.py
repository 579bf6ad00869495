"""What a budget costs on its way to data frames, beside the ordinary ways, in one run.

Each way runs in a process of its own, so that its largest memory is its own; what the budget itself takes before is taken off.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
IOM = ROOT / "plans" / "iom-venezuela-2018.toml"


def status(key: str) -> int:
    """A line of what Linux says of this process, in KiB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(key))


def forget_peak() -> None:
    """What was freed goes back to the system, and the largest memory is counted from now on."""
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def measured(prepare: Callable[[], Any], cross: Callable[[Any], Any]) -> dict[str, float]:
    thing = prepare()
    forget_peak()
    before, start = status("VmRSS"), time.perf_counter()
    frame = cross(thing)
    seconds = time.perf_counter() - start
    total = sum(frame["amount"].to_list()) if len(frame) < 1000 else None
    assert total is None or total > 0
    return {"seconds": seconds, "mib": (status("VmHWM") - before) / 1024}


def cells(n: int) -> list[tuple[str, str, Decimal]]:
    return [(f"office-{at // 20}", f"result-{at % 20}", Decimal(at * 7 + 1).scaleb(-2)) for at in range(n)]


def plan(n: int) -> Any:
    import pyarrow  # noqa: PLC0415

    import logframe  # noqa: PLC0415

    offices, results, amounts = zip(*cells(n), strict=True)
    return logframe.Plan.from_frame(pyarrow.table({"office": offices, "result": results, "amount": amounts}), currency="USD")


def dicts(n: int) -> list[dict[str, Any]]:
    return [{"office": office, "result": result, "amount": amount} for office, result, amount in cells(n)]


def models(n: int) -> list[Any]:
    import pydantic  # noqa: PLC0415

    class Allocation(pydantic.BaseModel):
        office: str
        result: str
        amount: Decimal

    return [Allocation(office=office, result=result, amount=amount) for office, result, amount in cells(n)]


def way(name: str, n: int) -> dict[str, float]:
    import pandas  # noqa: PLC0415
    import polars  # noqa: PLC0415
    import pyarrow  # noqa: F401, PLC0415

    ways: dict[str, tuple[Callable[[], Any], Callable[[Any], Any]]] = {
        "logframe to polars": (lambda: plan(n), lambda made: made.allocations.to_polars()),
        "logframe to pandas": (lambda: plan(n), lambda made: made.allocations.to_pandas()),
        "dicts to polars": (lambda: dicts(n), lambda rows: polars.DataFrame(rows, infer_schema_length=None)),
        "dicts to pandas": (lambda: dicts(n), pandas.DataFrame),
        "models to polars": (lambda: models(n), lambda rows: polars.DataFrame([row.model_dump() for row in rows])),
        "models to pandas": (lambda: models(n), lambda rows: pandas.DataFrame([row.model_dump() for row in rows])),
    }
    # What a library makes ready when it is first used is not what is measured.
    measured(lambda: plan(20), lambda made: made.allocations.to_polars())
    measured(lambda: plan(20), lambda made: made.allocations.to_pandas())
    return measured(*ways[name])


def started(code: str, runs: int) -> float:
    def once() -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
        return time.perf_counter() - start

    return statistics.median(once() for _ in range(runs))


def in_a_process(name: str, n: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, __file__, "--way", name, "--cells", str(n)], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def crossings(n: int, runs: int) -> None:
    names = [f"{one} to {library}" for library in ("polars", "pandas") for one in ("logframe", "dicts", "models")]
    found: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(runs):
        for name in names:
            found[name].append(in_a_process(name, n))
    print(f"{n:,} allocations, medians of {runs} runs in turn\n")
    print(f"{'':<22}{'ms':>10}{'times':>8}{'MiB more':>10}{'times':>8}")
    for name in names:
        own = {key: statistics.median(one[key] for one in found[name]) for key in ("seconds", "mib")}
        base = found["logframe to " + name.rsplit(" ", 1)[1]]
        times = {key: own[key] / statistics.median(one[key] for one in base) for key in own}
        print(f"{name:<22}{own['seconds'] * 1000:>10.1f}{times['seconds']:>8.1f}{own['mib']:>10.1f}{times['mib']:>8.1f}")


def starts(runs: int) -> None:
    first = f"import logframe; plan = logframe.load({str(IOM)!r}); plan._repr_html_(); plan.pivot()._repr_html_()"
    lines = {
        "python alone": "pass",
        "import logframe": "import logframe",
        "import pandas": "import pandas",
        "the first three lines": first,
    }
    times = {name: started(code, runs) for name, code in lines.items()}
    print("\nwhole processes, less python alone")
    for name in list(lines)[1:]:
        print(f"{name:<22}{(times[name] - times['python alone']) * 1000:>10.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--way")
    parser.add_argument("--cells", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    if args.way:
        print(json.dumps(way(args.way, args.cells)))
    else:
        crossings(args.cells, args.runs)
        starts(5 * args.runs)


if __name__ == "__main__":
    main()
