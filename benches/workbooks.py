"""A workbook of many budget lines, read and written, beside openpyxl, in one run.

All read the same workbook, made by XlsxWriter as people lay budgets out: sections with headings and subtotals, a total of
all, and formulas with their kept values. logframe recognises what is where, reads every figure exactly and does the sums
anew; openpyxl gives cells, whose numbers become `Decimal`, and nothing is checked.

All write the same lines: logframe the whole workbook of the plan, openpyxl the cells of its sheet `Lines` and no more,
without a look.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

SECTION = 250
HEADINGS = ["Description", "Unit", "Quantity", "Unit cost", "Duration", "% charged", "Total (USD)", "Remarks"]
UNITS = ["kit", "month", "person", "trip", "piece"]
HUNDRED = Decimal(100)

Line = tuple[str, str, int, Decimal, int, Decimal, Decimal, str]


def lines(n: int) -> Iterator[Line]:
    for at in range(n):
        quantity, months, share = at % 12 + 1, at % 24 + 1, Decimal(at % 10 * 10 + 10)
        cost = Decimal(f"{at * 37 % 9000 + 5}.{at % 10}")
        total = quantity * cost * months * share / HUNDRED
        remarks = f"as agreed in meeting {at % 90 + 1}" if at % 3 == 0 else ""
        yield f"Item {at + 1} of the budget", UNITS[at % 5], quantity, cost, months, share, total, remarks


def make(path: Path, n: int) -> None:
    """The workbook that is read."""
    import xlsxwriter  # noqa: PLC0415

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Budget")
        money, percent = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "0%"})
        sheet.write_row(0, 0, ["Budget of a large project"])
        sheet.write_row(2, 0, HEADINGS)
        row, first, subtotals, part, whole = 3, 0, [], Decimal(0), Decimal(0)
        for at, (description, unit, quantity, cost, months, share, total, remarks) in enumerate(lines(n)):
            if at % SECTION == 0:
                sheet.write(row, 0, f"Activity {at // SECTION + 1}: Water points")
                row, first, part = row + 1, row + 2, Decimal(0)
            sheet.write_row(row, 0, [description, unit, quantity])
            sheet.write(row, 3, float(cost), money)
            sheet.write(row, 4, months)
            sheet.write(row, 5, float(share / HUNDRED), percent)
            sheet.write_formula(row, 6, f"=C{row + 1}*D{row + 1}*E{row + 1}*F{row + 1}", money, float(total))
            if remarks:
                sheet.write(row, 7, remarks)
            row, part, whole = row + 1, part + total, whole + total
            if at % SECTION == SECTION - 1 or at == n - 1:
                sheet.write(row, 0, "Subtotal")
                sheet.write_formula(row, 6, f"=SUM(G{first}:G{row})", money, float(part))
                row += 1
                subtotals.append(f"G{row}")
        sheet.write(row, 0, "Grand total")
        sheet.write_formula(row, 6, "=" + "+".join(subtotals), money, float(whole))


def read_with_logframe(path: Path) -> Any:
    import logframe  # noqa: PLC0415

    return logframe.read_excel(path)


def read_with_openpyxl(path: Path, *, read_only: bool) -> list[tuple[Any, ...]]:
    import openpyxl  # noqa: PLC0415

    book = openpyxl.load_workbook(path, read_only=read_only, data_only=True)
    rows = book["Budget"].iter_rows(min_row=4, values_only=True)
    return [tuple(Decimal(repr(value)) if isinstance(value, int | float) else value for value in row) for row in rows]


def rows_of_lines(n: int) -> list[list[Any]]:
    """What the sheet `Lines` of a plan's workbook says."""
    rows = []
    for row, (description, unit, quantity, cost, months, share, _, remarks) in enumerate(lines(n), 5):
        activity = str((row - 5) // SECTION + 1)
        exact, amount = f"=F{row}*H{row}*I{row}*J{row}/100", f"=ROUND(L{row},2)"
        factors = [quantity, unit, cost, months, share]
        rows.append([row - 4, "budget", activity, activity, description, *factors, "USD", exact, amount, remarks])
    return rows


def write_with_openpyxl(rows: list[list[Any]], path: Path, *, write_only: bool) -> None:
    import openpyxl  # noqa: PLC0415

    book = openpyxl.Workbook(write_only=write_only)
    sheet = book.create_sheet("Lines")
    for row in rows:
        sheet.append(row)
    book.save(path)


def shown(total: Decimal) -> str:
    return f"{total:.2f}"


def status(key: str) -> int:
    """A line of what Linux says of this process, in KiB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(key))


class Measured:
    """The time that a block takes, and the memory that it needs more at its largest."""

    def __enter__(self) -> Measured:
        # What was freed before is given back, and the largest use so far forgotten: neither may hide what the block needs.
        gc.collect()
        ctypes.CDLL(None).malloc_trim(0)
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        self.before, self.start = status("VmRSS"), time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self.start
        self.mib = (status("VmHWM") - self.before) / 1024


def reading(way: str, path: Path) -> dict[str, Any]:
    """Reads the workbook; what was read is kept until the memory has been looked at."""
    if way == "logframe":
        import logframe  # noqa: F401, PLC0415

        with Measured() as measured:
            plan = read_with_logframe(path)
        total = plan.total
    else:
        import openpyxl  # noqa: F401, PLC0415

        with Measured() as measured:
            rows = read_with_openpyxl(path, read_only=way == "read_only")
        # A line is what has a quantity.
        total = sum((row[6] for row in rows if row[2] is not None), Decimal(0))
    return {"seconds": measured.seconds, "mib": measured.mib, "total": shown(total)}


def writing(way: str, path: Path, n: int) -> dict[str, Any]:
    """Writes the lines; what is written is there before."""
    target = path.with_name(f"{way}.xlsx")
    if way == "logframe":
        plan = read_with_logframe(path)
        with Measured() as measured:
            plan.to_excel(target)
        total = plan.total
    else:
        import openpyxl  # noqa: F401, PLC0415

        rows = rows_of_lines(n)
        with Measured() as measured:
            write_with_openpyxl(rows, target, write_only=way == "write_only")
        total = sum((row[5] * row[7] * row[8] * row[9] / HUNDRED for row in rows), Decimal(0))
    return {"seconds": measured.seconds, "mib": measured.mib, "total": shown(total)}


WAYS = {"read": ["logframe", "read_only", "openpyxl"], "write": ["logframe", "write_only", "openpyxl"]}


def middle(runs: list[dict[str, Any]]) -> tuple[float, float]:
    return statistics.median(run["seconds"] for run in runs), statistics.median(run["mib"] for run in runs)


def compared(what: str, path: Path, n: int, runs: int) -> None:
    """Each way in a process of its own, several in turn; prints the medians."""
    found: dict[str, list[dict[str, Any]]] = {way: [] for way in WAYS[what]}
    for _ in range(runs):
        for way, of_way in found.items():
            command = [sys.executable, __file__, "--what", what, "--way", way, "--path", str(path), "--lines", str(n)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            of_way.append(json.loads(done.stdout))
    assert len({run["total"] for of_way in found.values() for run in of_way}) == 1, found
    medians = {way: middle(of_way) for way, of_way in found.items()}
    own = medians["logframe"]
    for way, (seconds, mib) in medians.items():
        times = f"{seconds / own[0]:>8.1f}{mib:>10.1f}{mib / own[1]:>8.1f}"
        print(f"{what:<6} {n:>8,} {way:<11}{seconds:>9.2f}{times}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--what", choices=WAYS)
    parser.add_argument("--way")
    parser.add_argument("--path", type=Path)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    if args.way:
        print(json.dumps(reading(args.way, args.path) if args.what == "read" else writing(args.way, args.path, args.lines)))
        return
    print(f"{'':<6} {'lines':>8} {'':<11}{'seconds':>9}{'times':>8}{'MiB more':>10}{'times':>8}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "budget.xlsx"
        make(path, args.lines)
        for what in [args.what] if args.what else WAYS:
            compared(what, path, args.lines, args.runs)


if __name__ == "__main__":
    main()
