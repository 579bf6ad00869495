"""What people do to the workbook of a plan: whatever it is, money is read from where it stands, or the reading is refused."""

import io
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.formula.translate import Translator

import logframe

Book = Any

#: 1,000 + 200 + 500 typed, 2 x 100 x 10 at 50 % = 1,000, EUR 300 at 0.5 = 600, and 7 % of those two = 112.
PLAN = """
format = 1
plan = { id = "edited", title = "A\\tB", currency = "USD" }
outcome = [{ id = "1", title = "One" }, { id = "2", title = "Two" }]
head = [{ id = "s", title = "Support" }]
office = [{ id = "north", name = "Total" }, { id = "south", name = "South" }]
rate = [{ currency = "EUR", rate = 0.5, date = 2026-01-01 }]
donor = [{ id = "d", name = "Dee" }]
funding = [{ donor = "d", kind = "pledge", amount = 900 }]

[budget]
north = { 1 = 1000, 2 = 200, s = "-" }
south = { 1 = 500 }

[[line]]
office = "south"
result = "2"
category = "staff"
description = "Nurse"
quantity = 2
unit-cost = 100
duration = 10
share = 50

[[line]]
office = "south"
result = "2"
category = "travel"
description = "Total"
amount = 300
currency = "EUR"
remarks = "+tab\\there"

[[line]]
office = "south"
result = "s"
category = "indirect"
description = "Seven"
percent = 7
of = { categories = ["staff", "travel"] }
"""


def edited(*edits: Callable[[Book], Any]) -> logframe.Plan:
    file = io.BytesIO()
    logframe.loads(PLAN).to_excel(file)
    book = openpyxl.load_workbook(file)
    for edit in edits:
        edit(book)
    saved = io.BytesIO()
    book.save(saved)
    return logframe.read_excel(saved.getvalue())


def at(book: Book, sheet: str, row: str, heading: str) -> Any:
    """The cell of a row that says something, below a heading."""
    cells = [cell for line in book[sheet].iter_rows() for cell in line]
    column = next(cell.column for cell in cells if cell.value == heading)
    return book[sheet].cell(next(cell.row for cell in cells if cell.value == row), column)


def write(sheet: str, row: str, heading: str, value: object, look: str = "General") -> Callable[[Book], Any]:
    def edit(book: Book) -> None:
        cell = at(book, sheet, row, heading)
        cell.value, cell.number_format = value, look

    return edit


def delete_row(sheet: str, row: str) -> Callable[[Book], Any]:
    return lambda book: book[sheet].delete_rows(at(book, sheet, row, row).row)


def line_below_the_total(book: Book) -> None:
    sheet = book["Lines"]
    below = sheet.max_row + 2
    for heading, value in {"Office": "south", "Result": "2", "Description": "Below", "Typed amount": 55}.items():
        sheet.cell(below, at(book, "Lines", heading, heading).column, value)


def total_as_a_text(book: Book) -> None:
    cell = at(book, "Budget", "south", "Support").offset(0, 1)
    assert cell.data_type == "f"
    cell.value = "1,300"


def test_a_workbook_that_nobody_edited_is_the_plan() -> None:
    assert edited() == logframe.loads(PLAN)
    assert not [found for found in edited().check().findings if found.rule == "changed-cell"]


def formula(text: str) -> Callable[[Book], Any]:
    """Another formula for the total of the lines, which says =SUM(S5:S7). What it gives is not known then."""

    def edit(book: Book) -> None:
        assert book["Lines"]["S8"].value == "=SUM(S5:S7)"
        book["Lines"]["S8"].value = text

    return edit


def told(plan: logframe.Plan) -> list[str]:
    return [found.message for found in plan.check().findings if found.rule == "changed-cell"]


@pytest.mark.parametrize("text", ["=SUM(S5:S6)", "=SUM(S5:S7)*2", "=SUM(S5:S7,S5)", "=SUM(R5:R7)", "=SUM(S5:S7)+1"])
def test_a_formula_that_says_something_else_is_told_though_nothing_was_calculated(text: str) -> None:
    assert told(edited(formula(text))) == [f"the formula of Lines!S8 was =SUM(S5:S7), and is {text}"]


@pytest.mark.parametrize(
    "text", ["=sum( $S$5 : $S$7 )", "=S5+S6+S7", "=SUM(S5,S6:S7)", "=SUM(Lines!S5:S7)", "=SUBTOTAL(9,S5:S7)"]
)
def test_another_way_to_write_a_sum_is_not_told(text: str) -> None:
    assert told(edited(formula(text))) == []


def test_rows_that_a_program_put_in_are_told_by_the_first_sum_that_did_not_follow() -> None:
    def edit(book: Book) -> None:
        sheet = book["Lines"]
        sheet.insert_rows(6)
        for heading, value in {"Office": "south", "Result": "2", "Description": "Rent", "Typed amount": 40}.items():
            sheet.cell(6, at(book, "Lines", heading, heading).column, value)

    plan = edited(edit)
    # 1,700 in cells, 1,000 and 600 as before with 7 % of them, and 40 of no category.
    assert plan.total == Decimal("3452")
    added, wrong = sorted(told(plan), key=len)
    assert added == "the budget line Rent was added"
    # Row 7 was row 6: its formula still takes the cells of that.
    assert wrong.startswith("Lines!R7 does not follow what was moved, taken out or changed: it is =P6, and should be =P7; ")
    assert "; Lines!S6 is empty; " in wrong


def test_lines_that_were_sorted_are_told_by_the_first_cell_that_takes_another() -> None:
    def moved(value: object, place: str, to: str) -> object:
        return Translator(value, place).translate_formula(to) if str(value).startswith("=") else value

    def edit(book: Book) -> None:
        for one, other in zip(book["Lines"][5], book["Lines"][6], strict=True):
            first, second = (
                moved(other.value, other.coordinate, one.coordinate),
                moved(one.value, one.coordinate, other.coordinate),
            )
            one.value, other.value = first, second

    plan = edited(edit)
    assert plan.total == Decimal("3412")
    # Each category takes the amount of the other, and six cells on the sheet of the office show what is in the other row.
    wanted = (
        "Categories!D5 does not follow what was moved, taken out or changed: it is =SUM(Lines!S5), and should be =SUM(Lines!S6); "
        "Categories!D6, South!E6, South!G6 and 4 more do not either; "
    )
    assert [text.startswith(wanted) for text in told(plan)] == [True], told(plan)


@pytest.mark.parametrize(
    ("edits", "total", "said"),
    [
        ([delete_row("Budget", "north"), write("Budget", "south", "One", 999)], "3911", "and is 999"),
        ([line_below_the_total], "3467", "the budget line Below was added"),
        ([lambda book: book["Lines"].delete_rows(1, 2)], "3412", "does not follow what was moved"),
        ([write("Lines", "Nurse", "Quantity", 0.5, "0%")], "2609.5", "and is 50%"),
        ([write("Lines", "Nurse", "% charged", 0.25, "0%")], "2877", "and is 25%"),
        ([write("Lines", "Total", "Currency", "eur")], "3412", "and is eur"),
        ([total_as_a_text], "3412", r"`1,300` was typed over the formula =SUM\(.*, and is not read"),
        ([write("Budget", "south", "One", "500")], "3412", "was 500, and is 500, as a text, which spreadsheets do not add up"),
        ([write("Rates", "EUR", "Rate", 0.6)], "3305", "the rate of EUR was 0.5, and is 0.6"),
        ([write("Budget", "north", "Two", None)], "3212", r"and is empty \(Budget!D"),
    ],
)
def test_money_is_read_from_where_it_stands(edits: list[Callable[[Book], Any]], total: str, said: str) -> None:
    plan = edited(*edits)
    assert plan.total == Decimal(total)
    findings = told(plan)
    assert any(re.search(said, text) for text in findings), findings


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (lambda book: book["Budget"].insert_cols(3), "the column `One` of the sheet `Budget` was C, and is D"),
        (lambda book: book["Lines"].delete_cols(9), "of the sheet `Lines` was"),
        (write("Budget", "south", "One", "1.500"), "can be thousands or decimals"),
        (write("Budget", "south", "One", "1,500.00"), "is no exact number"),
        (write("Lines", "Nurse", "Office", None), "is empty: a budget line needs its office"),
    ],
)
def test_what_could_be_read_wrong_is_refused(edit: Callable[[Book], Any], why: str) -> None:
    with pytest.raises(logframe.PlanError, match=why):
        edited(edit)


def test_an_error_is_one_however_much_was_changed() -> None:
    lines = "".join(
        f'[[line]]\noffice = "south"\nresult = "2"\ndescription = "L{at}"\nquantity = 1\nunit-cost = 1\n' for at in range(700)
    )
    file = io.BytesIO()
    logframe.loads(PLAN + lines).to_excel(file)
    book = openpyxl.load_workbook(file)
    column = at(book, "Lines", "L0", "Quantity").column
    first = at(book, "Lines", "L0", "Quantity").row
    for row in range(first, first + 699):
        book["Lines"].cell(row, column).value = 2
    book["Lines"].cell(first + 699, column).value = "oops"
    saved = io.BytesIO()
    book.save(saved)
    with pytest.raises(logframe.PlanError, match="oops"):
        logframe.read_excel(saved.getvalue())
