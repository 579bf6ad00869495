"""What checking finds, and how it is shown."""

import pickle
from decimal import Decimal

import pytest

import logframe
from conftest import TINY
from logframe import Plan


def test_the_iom_plan_has_twelve_notes_and_nothing_else(iom: Plan) -> None:
    report = iom.check()
    assert (len(report.errors), len(report.warnings), len(report.notes)) == (0, 0, 12)
    assert report.ok
    assert sorted({finding.rule for finding in report}) == ["declared-total", "series-contradiction"]
    assert list(report) == list(report.findings)
    assert report.findings is report.findings
    assert all(note is finding for note, finding in zip(report.notes, report.findings, strict=True))


def test_the_sums_stand_side_by_side(iom: Plan) -> None:
    summary = iom.check().summary
    assert (summary.declared, summary.offices, summary.results) == (Decimal(32_326_041),) * 3
    assert summary.cells == Decimal(32_326_043)


def test_eleven_of_94_figures_differ_within_rounding(iom: Plan) -> None:
    tally = iom.check().tally
    assert (tally.declared, tally.within_rounding, tally.wrong, tally.open) == (94, 11, 0, 0)
    assert tally.exact == 94 - 11


def test_a_wrong_total_is_an_error_with_its_figures_and_its_place() -> None:
    report = logframe.loads(TINY.replace("total = 1_250", "total = 1_205"), name="tiny.toml").check()
    assert not report.ok
    (finding,) = report.errors
    assert (finding.rule, finding.severity) == ("declared-total", "error")
    assert (finding.declared, finding.computed, finding.difference) == (Decimal(1205), Decimal(1250), Decimal(-45))
    assert (finding.file, finding.line, finding.column) == ("tiny.toml", 26, 9)
    assert str(finding).startswith("tiny.toml:26:9: error[declared-total]: ")
    assert sum(finding.terms) == finding.computed


def test_figures_of_findings_are_decimals(iom: Plan) -> None:
    for finding in iom.check().findings:
        for figure in (finding.declared, finding.computed, finding.difference, *finding.terms):
            assert figure is None or type(figure) is Decimal


def test_a_report_reads_as_the_command_prints_it(iom: Plan) -> None:
    text = str(iom.check())
    assert text.count("note[declared-total]") == 11
    assert text.endswith("12 notes")
    assert "\x1b" not in text


def test_a_report_and_its_findings_survive_pickling(iom: Plan) -> None:
    report = iom.check()
    assert pickle.loads(pickle.dumps(report)) == report
    assert pickle.loads(pickle.dumps(report.findings)) == report.findings
    assert str(pickle.loads(pickle.dumps(report.findings[3]))) == str(report.findings[3])


def test_a_report_in_a_notebook_escapes_what_the_plan_says() -> None:
    hostile = TINY.replace('where = "table"', "where = '<script>alert(1)</script>'").replace("1_250\n", "1_205\n")
    html = logframe.loads(hostile, name="<img src=x>").check()._repr_html_()
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("severity", ["warning", "error"])
def test_a_plan_weighs_a_rule_otherwise_and_says_why(severity: str) -> None:
    exception = f'\n[[exception]]\nrule = "declared-total"\nseverity = "{severity}"\nreason = "misprint"\n'
    report = logframe.loads(TINY.replace("total = 1_250", "total = 1_205") + exception).check()
    (finding,) = [finding for finding in report if finding.rule == "declared-total"]
    assert (finding.severity, finding.exception) == (severity, "misprint")
    (met,) = report.exceptions
    assert (met[0].rule, met[0].severity, met[0].reason, met[1]) == ("declared-total", severity, "misprint", 1)


def test_a_width_below_nothing_is_refused(iom: Plan) -> None:
    report = iom.check()
    for text in (report.text, report.findings[0].text, iom.table("budget").text):
        with pytest.raises(ValueError, match="a width is a number of characters, not -1"):
            text(-1)
        assert text(0)
