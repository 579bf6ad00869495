"""What a notebook shows: cards, tables, findings, and numbers in the reader's way."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

import logframe
from conftest import IOM, TINY

HOSTILE = "<script>alert(1)</script> & \"quotes\" 'too'"


class Page(HTMLParser):
    """The tags and the text of a fragment; tags must be closed in order."""

    VOID = frozenset({"br", "hr", "img", "meta"})

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.words: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(fragment)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub("[ \n]+", " ", " ".join(self.words))


def page(thing: object) -> Page:
    return Page(thing._repr_html_())  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _numbers_as_before() -> Iterator[None]:
    with logframe.display(number_format="plan"):
        yield


def wrong() -> logframe.Plan:
    return logframe.loads(IOM.read_text(encoding="utf-8").replace("= 2_039_700", "= 2_093_700"), "wrong.toml")


def test_a_plan_is_a_card_with_its_money_by_outcome_and_what_was_found(iom: logframe.Plan) -> None:
    text = page(iom).text
    assert iom.title in text
    assert "USD 32,326,041 as printed; its cells add up to 32,326,043" in text
    # 9,308,908 of 32,326,043 is 28.797 %.
    assert "Direct Assistance and Vulnerability 9,308,908 28.8 %" in text
    assert "✓ no errors, 12 notes" in text
    assert "16 offices · 4 outcomes · 10 outputs · 45 activities" in text
    assert "✗ 1 error, 11 notes" in page(wrong()).text


def test_what_is_not_given_is_not_shown_as_zero() -> None:
    plan = logframe.loads(TINY.replace("field = 1_250, staff = 0", "staff = 0"))
    text = page(plan).text
    assert "■ Field work ■ Staff 0" in text


def test_a_card_of_a_plan_without_money_has_no_bar_and_no_total() -> None:
    plan = logframe.loads('format = 1\nplan = { id = "tiny", title = "Tiny", currency = "USD" }')
    assert ("aria-label", "budget by outcome") not in page(plan).attributes
    assert ("aria-label", "budget by outcome") in page(logframe.loads(TINY)).attributes


def test_the_parts_of_a_bar_are_as_wide_as_their_shares(iom: logframe.Plan) -> None:
    styles = [value or "" for name, value in page(iom).attributes if name == "style"]
    widths = [style.split(";")[0] for style in styles if style.startswith("width:") and "background" in style]
    assert widths == ["width:15.1%", "width:24.8%", "width:28.8%", "width:30.8%", "width:0.5%"]


def test_findings_stand_errors_first_with_their_excerpt_a_click_away() -> None:
    report = wrong().check()
    shown = page(report)
    assert shown.tags.count("details") == len(report.findings) == 12
    assert shown.words.index("error") < shown.words.index("note")
    assert "Ecuador is printed as 2,093,700" in shown.text
    assert "→ it should be 2,039,701" in shown.text
    assert "line 1092, column 11" in shown.text
    excerpt = report.errors[0].text(110)
    assert excerpt in shown.words


def test_of_very_many_findings_the_first_hundred_are_shown() -> None:
    offices = "\n".join(f'[[office]]\nid = "o{n}"\nname = "O{n}"' for n in range(150))
    report = logframe.loads(TINY.replace("[budget]", offices + "\n[budget]")).check()
    assert len(report.findings) > 100
    shown = page(report)
    assert shown.tags.count("details") == 100
    assert f"and {len(report.findings) - 100} more" in shown.text


@pytest.mark.parametrize("make", [lambda p: p, lambda p: p.check(), lambda p: p.table("budget"), lambda p: p.table("results")])
def test_no_text_of_a_plan_becomes_anything_but_text(make: object) -> None:
    quoted = HOSTILE.replace('"', '\\"')
    text = (
        TINY.replace("Field work", quoted).replace('title = "Tiny"', f'title = "{quoted}"').replace("total = 1_250", "total = 9")
    )
    plan = logframe.loads(text, HOSTILE)
    shown = page(make(plan))  # type: ignore[operator]
    assert "script" not in shown.tags
    assert HOSTILE in shown.text


def test_nothing_that_is_shown_fetches_or_runs_anything(iom: logframe.Plan) -> None:
    for thing in (iom, iom.check(), iom.table("budget"), iom.table("sdg")):
        shown = page(thing)
        assert not {"script", "link", "iframe", "img"} & set(shown.tags)
        names = {name for name, _ in shown.attributes}
        assert not {name for name in names if name.startswith("on")} | ({"src", "href"} & names)
        assert not any("url(" in (value or "") for _, value in shown.attributes)


def test_numbers_are_shown_in_the_readers_way_and_held_as_they_are(iom: logframe.Plan) -> None:
    with logframe.display(number_format="es"):
        assert repr(iom) == "<Plan iom-venezuela-2018: USD 32.326.043, 16 offices>"
        assert "USD 32.326.041" in page(iom).text
        assert "28,8 %" in page(iom).text
        assert "8.013.791" in iom.check().notes[0].message
        assert "4.870.332" in iom.table("budget").text()
        assert str(iom.total) == "32326043"
        assert "32326041" in iom.table("budget").to_csv()
        with logframe.display(number_format="fr"):
            assert "USD 32\u202f326\u202f041" in page(iom).text
        assert "USD 32.326.041" in page(iom).text
    assert "USD 32,326,041" in page(iom).text


def test_the_way_numbers_are_shown_comes_back_after_an_error(iom: logframe.Plan) -> None:
    with pytest.raises(ZeroDivisionError), logframe.display(number_format="de"):
        raise ZeroDivisionError
    assert "32,326,043" in repr(iom)


def test_an_unknown_way_of_numbers_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"no number format `1234`; there are `plan`, `en`, .*`ru`"):
        logframe.display(number_format="1234")


def test_a_long_table_is_shown_by_its_first_rows_and_totals() -> None:
    offices = "\n".join(f'[[office]]\nid = "o{n}"\nname = "Office {n}"' for n in range(500))
    cells = "\n".join(f"o{n} = {{ field = 1 }}" for n in range(500))
    text = TINY.split("[[office]]")[0] + offices + "\n[budget]\n" + cells
    table = logframe.loads(text).table("budget")
    shown = page(table)
    assert "Office 59 " in shown.text
    assert "Office 60 " not in shown.text
    assert "Total 500" in shown.text
    assert "and 440 more rows" in shown.text
    assert "Office 499" in Page(table.to_html()).text
