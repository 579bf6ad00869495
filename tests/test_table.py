"""Tables, against the document's own."""

import csv
import io
import json
from decimal import Decimal

import pytest

import logframe
from conftest import TINY
from logframe import Plan


def test_the_budget_is_the_documents_table(iom: Plan) -> None:
    table = iom.table("budget")
    rows = {row[0]: row for row in table.rows}
    assert rows["Colombia"][1:6] == (*map(Decimal, (1_745_950, 3_313_160, 3_487_141, 4_853_748)), "-")
    assert rows["Colombia"][6:8] == (Decimal(13_399_999), Decimal("41.5"))
    assert rows["Total"][1:7] == tuple(map(Decimal, (4_870_332, 8_013_791, 9_308_907, 9_968_231, 164_780, 32_326_041)))
    assert [row[0] for row in table.rows[:3]] == ["Argentina", "Brazil", "Caribbean"]
    assert len(table.totals) == len(table.rows) == len(table)


def test_cells_are_texts_decimals_or_nothing(iom: Plan) -> None:
    for name in ("budget", "results", "sdg", "declared"):
        table = iom.table(name)
        assert table.rows, name
        for row in table.rows:
            assert len(row) == len(table.columns) == len(table.headings)
            assert all(cell is None or type(cell) in (str, Decimal) for cell in row)


def test_none_and_not_given_are_different_cells() -> None:
    text = TINY.replace("staff = 0", 'staff = "-"') + '\n[[office]]\nid = "south"\nname = "South"\n'
    rows = logframe.loads(text.replace("[budget]", "[budget]\nsouth = { field = 3 }")).table("budget").rows
    cells = {row[0]: row[2] for row in rows}
    assert (cells["North"], cells["South"]) == ("-", None)


def test_a_table_reads_in_eighty_columns(iom: Plan) -> None:
    assert max(map(len, str(iom.table("budget")).splitlines())) <= 80


def test_every_form_has_the_same_numbers(iom: Plan) -> None:
    table = iom.table("budget")
    from_csv = list(csv.DictReader(io.StringIO(table.to_csv())))
    from_json = json.loads(table.to_json())["rows"]
    first = table.columns[1]
    numbers = [None if row[1] is None else str(row[1]) for row in table.rows]
    assert [row[first] or None for row in from_csv] == numbers
    assert [row[first] for row in from_json] == numbers
    assert "| 180,572 |" in table.to_markdown()
    assert "180,572" in table.to_html()


def test_an_offices_tables_are_its_money_and_its_sheet(iom: Plan) -> None:
    money, *sheets = iom.office_tables("colombia")
    assert any(Decimal(4_853_748) in row for row in money.rows)
    assert len(sheets) == 1
    with pytest.raises(logframe.UnknownNameError, match="did you mean `colombia`"):
        iom.office_tables("columbia")


def test_an_unknown_table_is_answered_with_the_nearest(iom: Plan) -> None:
    with pytest.raises(KeyError, match="did you mean `results`"):
        iom.table("result")
    with pytest.raises(logframe.UnknownNameError, match="`office_tables` makes those of one office"):
        iom.table("office")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<b>bold</b>", '\\" onmouseover=\\"x', "<!--", "&lt;"])
def test_hostile_texts_of_a_plan_are_escaped_in_html(text: str) -> None:
    hostile = TINY
    for name in ("Tiny", "Field work", "North"):
        hostile = hostile.replace(f'"{name}"', f'"{text}"')
    plan = logframe.loads(hostile)
    for html in (plan._repr_html_(), plan.table("budget")._repr_html_(), plan.table("declared").to_html()):
        assert "<script" not in html
        assert "<b>" not in html
        assert "<!--" not in html
        assert 'onmouseover="' not in html


def test_equal_tables_are_equal(iom: Plan) -> None:
    assert iom.table("budget") == logframe.loads(iom.to_json()).table("budget")
    assert hash(iom.table("budget")) == hash(iom.table("budget"))
    assert iom.table("budget") != iom.table("sdg")
