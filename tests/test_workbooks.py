"""Workbooks from a notebook: every finding at its cell, paths, bytes and files, and books that other programs made."""

import io
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from openxml_audit import OpenXmlValidator

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
    plan = logframe.load(tmp_path / f"budget.{ending}")
    assert [(found.cell, found.rule) for found in plan.check().errors] == [("Budget!H10", "line-amount")]
    assert plan.lines[0].share == 60


def test_an_old_workbook_tells_what_is_hidden_and_what_is_per_cent(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Notes").write(0, 0, "nothing to add up")
        sheet = book.add_worksheet("Budget")
        rate = book.add_format({"num_format": '0.0" of hundred "%'})
        sheet.write_row(0, 0, ["Description", "Unit", "Quantity", "Unit cost", "% charged", "Total (USD)"])
        sheet.write_row(1, 0, ["Desks", "piece", 10, 45.5])
        sheet.write(1, 4, 0.6, rate)
        sheet.write(1, 5, 273)
        sheet.write_row(2, 0, ["Flights", "trip", 4, 620])
        sheet.write(2, 4, 0.125, rate)
        sheet.write(2, 5, 310)
        sheet.write_row(3, 0, ["Total", None, None, None, None, 583])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
    old = logframe.read_excel(recalculated(path, "xls"))
    assert [line.share for line in old.lines] == [60, Decimal("12.5")]
    assert old.total == 583
    hidden = [found.message for found in old.check().findings if found.rule == "hidden"]
    assert hidden == [
        "hidden rows of `Budget` hold something, and are read: 3",
        "`Budget` has hidden columns, and they are read: B",
    ]


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
    (line,) = logframe.read_excel(BUDGET).check().errors
    assert (line.cell, line.declared, line.computed) == ("Budget!H10", Decimal("2400.00"), Decimal(2040))
    assert line.file == str(BUDGET)
    assert line.difference == 360
    assert "budget.xlsx:Budget!H10" in line.text()


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


def recalculated(path: Path, ending: str = "xlsx") -> Path:
    """The workbook as LibreOffice saves it, every formula calculated anew."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (`soffice`) is not on this machine")
    folder = path.parent / "saved"
    home = f"-env:UserInstallation=file://{path.parent / 'home'}"
    command = [office, home, "--headless", "--convert-to", ending, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{ending}"


PLANS = ["iom-venezuela-2018", "proposal-example", "teaching"]


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_an_exported_workbook_that_libreoffice_saved_is_the_plan(name: str, ending: str, tmp_path: Path) -> None:
    plan = logframe.load(ROOT / "plans" / f"{name}.toml")
    plan.to_excel(tmp_path / "plan.xlsx")
    saved = recalculated(tmp_path / "plan.xlsx", ending)
    assert not logframe.diff(plan, logframe.load(saved))


@pytest.mark.parametrize("name", PLANS)
def test_libreoffice_comes_to_the_values_that_we_wrote(name: str, tmp_path: Path) -> None:
    logframe.load(ROOT / "plans" / f"{name}.toml").to_excel(tmp_path / "plan.xlsx")
    saved = recalculated(tmp_path / "plan.xlsx")
    ours, theirs = openpyxl.load_workbook(tmp_path / "plan.xlsx", data_only=True), openpyxl.load_workbook(saved, data_only=True)
    formulas = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    compared = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    mine, their = ours[sheet.title][cell.coordinate].value, theirs[sheet.title][cell.coordinate].value
                    if isinstance(mine, (int, float)) and isinstance(their, (int, float)):
                        assert f"{mine:.10g}" == f"{their:.10g}", (sheet.title, cell.coordinate, cell.value)
                        compared += 1
    assert compared > 20


def broken(path: Path) -> set[str]:
    """What in a workbook is against the schemas of its format, as Excel would see it on opening."""
    found = OpenXmlValidator().validate(path).errors
    return {f"{one.part_uri}: {one.description}" for one in found if one.severity.name == "ERROR"}


@pytest.mark.parametrize("name", PLANS)
def test_the_parts_of_a_workbook_keep_the_schemas_of_its_format(name: str, tmp_path: Path) -> None:
    plan = logframe.load(ROOT / "plans" / f"{name}.toml")
    plan.to_excel(tmp_path / "plan.xlsx")
    logframe.template(plan, tmp_path / "template.xlsx")
    assert broken(tmp_path / "plan.xlsx") == broken(tmp_path / "template.xlsx") == set()


def test_a_part_in_disorder_would_be_found(tmp_path: Path) -> None:
    whole, torn = tmp_path / "whole.xlsx", tmp_path / "torn.xlsx"
    logframe.load(ROOT / "plans" / "teaching.toml").to_excel(whole)
    with zipfile.ZipFile(whole) as parts, zipfile.ZipFile(torn, "w") as copy:
        for name in parts.namelist():
            part = parts.read(name)
            if name == "xl/worksheets/sheet1.xml":
                rows = part[part.index(b"<sheetData>") : part.index(b"</sheetData>") + 12]
                part = part.replace(rows, b"").replace(b"<sheetViews>", rows + b"<sheetViews>")
            copy.writestr(name, part)
    assert any("sheetViews" in found for found in broken(torn))


def lines_of(sheet: Any) -> tuple[dict[str, int], dict[str, int]]:
    """The columns of the sheet by their headings, and its rows by what the lines are for; both from 1."""
    heads = {cell.value: cell.column for cell in sheet[4]}
    rows = {row[heads["Description"] - 1].value: row[0].row for row in sheet.iter_rows(min_row=5)}
    return heads, rows


def test_a_cell_that_is_edited_is_named(tmp_path: Path) -> None:
    proposal = logframe.load(ROOT / "plans" / "proposal-example.toml")
    proposal.to_excel(tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    heads, rows = lines_of(book["Lines"])
    cell = book["Lines"].cell(rows["Evaluation"], heads["Typed amount"])
    assert cell.value == 13_900
    cell.value = 15_400
    book.save(tmp_path / "edited.xlsx")
    edited = logframe.read_excel(tmp_path / "edited.xlsx")
    changed = [found for found in edited.check().findings if found.rule == "changed-cell"]
    assert [found.cell for found in changed] == [f"Lines!{cell.coordinate}"]
    assert "(Evaluation) was 13900, and is 15400" in changed[0].message
    assert [change[3:] for change in logframe.diff(proposal, edited).changes] == [("13900", "15400")]


def test_rows_that_are_sorted_added_and_taken_out(tmp_path: Path) -> None:
    proposal = logframe.load(ROOT / "plans" / "proposal-example.toml")
    proposal.to_excel(tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    sheet = book["Lines"]
    heads, rows = lines_of(sheet)
    sheet.delete_rows(rows["Blackboards"])
    sheet.insert_rows(8)
    new = {
        "Office": "peru",
        "Result": "1.1a",
        "Category": "supplies",
        "Description": "Paint",
        "Quantity": 40,
        "Unit": "tin",
        "Unit cost": 12.5,
    }
    for heading, value in new.items():
        sheet.cell(8, heads[heading], value)
    book.save(tmp_path / "edited.xlsx")
    edited = logframe.read_excel(tmp_path / "edited.xlsx")
    assert len(edited.lines) == 60
    assert {line.description for line in edited.lines} ^ {line.description for line in proposal.lines} == {"Paint"}
    gone = [line.description for line in proposal.lines].count("Blackboards") - [line.description for line in edited.lines].count(
        "Blackboards"
    )
    assert gone == 1
    said = {found.message for found in edited.check().findings if found.rule == "changed-cell"}
    assert "the budget line Paint was added" in said
    assert any("is gone: Blackboards" in message for message in said)


def test_texts_of_a_plan_never_become_formulas(tmp_path: Path) -> None:
    plan = logframe.load(ROOT / "plans" / "teaching.toml").replace(title='=HYPERLINK("http://example.org")')
    plan.to_excel(tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)
    saved = recalculated(tmp_path / "plan.xlsx")
    assert logframe.load(saved).title == plan.title


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    plan = logframe.load(ROOT / "plans" / "teaching.toml")
    with pytest.raises(logframe.FileError, match="cannot write"):
        plan.to_excel("/dev/full")
    with pytest.raises(logframe.MissingFileError):
        plan.to_excel(tmp_path / "nowhere" / "plan.xlsx")
    plan.to_excel(tmp_path / "plan.xlsx")
    before = (tmp_path / "plan.xlsx").read_bytes()
    # A text that no cell can hold: what stood there stays, and nothing is left beside it.
    with pytest.raises(logframe.LogframeError):
        plan.replace(title="x" * 40_000).to_excel(tmp_path / "plan.xlsx")
    assert (tmp_path / "plan.xlsx").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["plan.xlsx"]
