"""A budget of many lines, built up and checked, beside pandas with Decimal columns, in one run.

Both read the same table of lines (quantity x unit cost x duration x share, five currencies), round each line to a cent, add
percentage lines of offices, sum by office, result and category, and spread over eight quarters. pandas checks nothing.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

RATES = {"PEN": "3.72", "COP": "4125", "BRL": "5.41", "CLP": "948.5"}
OFFICES, RESULTS = 50, 40
CATEGORIES = ["staff", "supplies", "equipment", "contractual", "travel", "transfers", "operating"]


def write(folder: Path, n: int) -> None:
    plan = ['format = 1\n[plan]\nid = "many"\ntitle = "Many lines"\ncurrency = "USD"']
    plan.append('duration = { from = 2027-01-01, to = 2028-12-31 }\nlines = { file = "lines.csv", unit = 0.01 }')
    plan += [f'[[head]]\nid = "h{at}"\ntitle = "Head {at}"' for at in range(RESULTS)]
    plan += [f'[[office]]\nid = "o{at}"\nname = "Office {at}"' for at in range(OFFICES)]
    plan += [f'[[rate]]\ncurrency = "{code}"\nrate = {rate}\ndate = 2026-11-01' for code, rate in RATES.items()]
    (folder / "plan.toml").write_text("\n".join(plan) + "\n", encoding="utf-8")
    rows = ["office,result,category,description,quantity,unit-cost,duration,share,percent,of,currency,period,spread"]
    codes = ["", *RATES]
    for at in range(n):
        cost = f"{at * 37 % 9000 + 5}.{at % 100:02}"
        rows.append(
            f"o{at * OFFICES // n},h{at % RESULTS},{CATEGORIES[at % 7]},line {at},{at % 12 + 1},{cost},{at % 24 + 1},"
            f"{at % 10 * 10 + 10},,,{codes[at % 5]},2027/2028,quarter"
        )
    rows += [f"o{at},h0,indirect,support,,,,,7,all,,," for at in range(OFFICES)]
    (folder / "lines.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def with_logframe(folder: Path) -> str:
    import logframe  # noqa: PLC0415

    plan = logframe.load(folder / "plan.toml")
    report = plan.check()
    assert report.ok, report
    table = plan.over_time("quarter")
    assert len(table.columns) == 11
    return str(plan.total)


def with_pandas(folder: Path) -> str:
    import pandas as pd  # noqa: PLC0415

    cent, hundred, one = Decimal("0.01"), Decimal(100), Decimal(1)
    lines = pd.read_csv(folder / "lines.csv", dtype=str, keep_default_na=False)
    plain = lines[lines.percent == ""].copy()
    for name in ("quantity", "unit-cost", "duration", "share"):
        plain[name] = plain[name].map(Decimal)
    product = plain["quantity"] * plain["unit-cost"] * plain["duration"] * plain["share"] / hundred
    rates = {"": one} | {code: Decimal(rate) for code, rate in RATES.items()}
    plain["amount"] = (product / plain["currency"].map(rates)).map(lambda amount: amount.quantize(cent, ROUND_HALF_UP))
    by_office = plain.groupby("office")["amount"].sum()
    indirect = (by_office * 7 / hundred).map(lambda amount: amount.quantize(cent, ROUND_HALF_UP))
    plain.groupby(["office", "result"])["amount"].sum()
    plain.groupby("category")["amount"].sum()
    part = (plain["amount"] / 8).map(lambda amount: amount.quantize(cent, ROUND_HALF_UP))
    quarters = pd.DataFrame({f"q{n}": part for n in range(7)})
    quarters["q7"] = plain["amount"] - part * 7
    quarters.groupby(plain["office"]).sum()
    return str(by_office.sum() + indirect.sum())


def status(key: str) -> int:
    """A line of what Linux says of this process, in KiB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(key))


def measured(way: str, folder: Path) -> dict[str, Any]:
    if way == "pandas":
        import pandas  # noqa: F401, PLC0415
    else:
        import logframe  # noqa: F401, PLC0415
    before, start = status("VmRSS"), time.perf_counter()
    total = with_pandas(folder) if way == "pandas" else with_logframe(folder)
    return {"seconds": time.perf_counter() - start, "mib": (status("VmHWM") - before) / 1024, "total": total}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--way")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    if args.way:
        print(json.dumps(measured(args.way, args.folder)))
        return
    print(f"{'lines':>8} {'':<10}{'ms':>10}{'times':>8}{'MiB more':>10}")
    for n in (10_000, 100_000):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write(folder, n)
            found: dict[str, list[dict[str, Any]]] = {"logframe": [], "pandas": []}
            for _ in range(args.runs):
                for way, runs in found.items():
                    command = [sys.executable, __file__, "--way", way, "--folder", name]
                    done = subprocess.run(command, capture_output=True, text=True, check=True)
                    runs.append(json.loads(done.stdout))
            assert found["logframe"][0]["total"] == found["pandas"][0]["total"], found
            base = statistics.median(run["seconds"] for run in found["logframe"])
            for way, runs in found.items():
                seconds, mib = (statistics.median(run[key] for run in runs) for key in ("seconds", "mib"))
                print(f"{n:>8,} {way:<10}{seconds * 1000:>10.1f}{seconds / base:>8.1f}{mib:>10.1f}")


if __name__ == "__main__":
    main()
