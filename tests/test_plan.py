"""The plan and its things, against the transcription that was made independently of the plan file."""

import copy
import csv
import decimal
import json
import pickle
from collections.abc import Sequence
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from typing_extensions import assert_type

import logframe
from conftest import ROOT, TINY
from logframe import Plan

TRANSCRIPTION = ROOT / "crates" / "core" / "tests" / "data" / "iom-2018"


MEASURED = """\
format = 1

[plan]
id = "measured"
title = "Measured"
currency = "USD"
duration = { from = 2018-04-01, to = 2020-03-31 }
printed = { unit = 1, rounding = "half-toward-zero", none = "rounds-to-zero" }

[[outcome]]
id = "1"
title = "Safe water"

[[outcome.indicator]]
id = "1i"
title = "People with safe water"
target = { value = 1_500, year = 2020 }

[[exception]]
rule = "empty-outcome"
severity = "off"
reason = "to come"
of = "1"
"""


def transcribed(name: str) -> list[dict[str, str]]:
    with (TRANSCRIPTION / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_total_is_the_exact_sum_of_the_cells(iom: Plan) -> None:
    assert iom.total == Decimal(32_326_043)
    assert sum(cell.amount or 0 for cell in iom.allocations) == iom.total


def test_the_plan_says_what_it_is(iom: Plan) -> None:
    assert iom.id == "iom-venezuela-2018"
    assert iom.currency == "USD"
    assert iom.organisation == "International Organization for Migration (IOM)"
    assert iom.sdgs.ids == ("1.5", "3.8", "5.2", "8.7", "8.8", "10.7", "16.2", "17.18")
    assert repr(iom) == "<Plan iom-venezuela-2018: USD 32,326,043, 16 offices>"


def test_all_parts_of_the_document_are_there(iom: Plan) -> None:
    counts = [len(part) for part in (iom.outcomes, iom.outputs, iom.activities, iom.heads, iom.regions, iom.offices, iom.sheets)]
    assert counts == [4, 10, 45, 1, 4, 16, 15]
    assert sum(len(region.places) for region in iom.regions) == 17
    assert sum(len(outcome.challenges) for outcome in iom.outcomes) == 13
    assert sum(len(sheet.activities or ()) for sheet in iom.sheets) == 269
    assert sum(len(sheet.highlights) for sheet in iom.sheets) == 29


def test_every_cell_is_the_transcribed_one(iom: Plan) -> None:
    ids = {office.name: office.id for office in iom.offices}
    cells = {(ids[row["office"]], row["column"]): row["printed"] for row in transcribed("cells")}
    assert len(cells) == len(iom.allocations) == 80
    for cell in iom.allocations:
        printed = cells[cell.office, cell.result]
        assert cell.amount == (None if printed == "-" else Decimal(printed.replace(".", "")))
    assert sum(cell.is_none for cell in iom.allocations) == 22


def test_no_amount_is_a_float(iom: Plan) -> None:
    assert all(type(cell.amount) is Decimal for cell in iom.allocations if not cell.is_none)
    assert all(type(statement.value) is Decimal for statement in iom.declared)
    assert type(iom.total) is Decimal


def test_digits_are_kept_as_they_are_written() -> None:
    plan = logframe.loads(TINY.replace("field = 1_250", "field = 9_007_199_254_740_993.10"))
    assert str(plan.allocations["north", "field"].amount) == "9007199254740993.10"


def test_the_ambient_context_of_decimal_rounds_nothing(iom: Plan) -> None:
    with decimal.localcontext() as context:
        context.prec = 3
        assert str(iom.total) == "32326043"


def test_zero_none_and_not_given_are_three_things() -> None:
    plan = logframe.loads(TINY.replace("staff = 0", 'staff = "-"'))
    assert plan.allocations["north", "staff"].amount is None
    assert plan.allocations["north", "staff"].is_none
    zero = logframe.loads(TINY).allocations["north", "staff"]
    assert (zero.amount, zero.is_none) == (Decimal(0), False)
    absent = logframe.loads(TINY.replace(", staff = 0", ""))
    assert ("north", "staff") not in absent.allocations


def test_declared_figures_say_what_they_are_about_and_where_they_stand(iom: Plan) -> None:
    assert len(iom.declared) == 94
    ecuador = [s for s in iom.declared if s.offices == ("ecuador",) and s.results is None and s.measure == "amount"]
    assert [(s.place, s.value, s.unit) for s in ecuador] == [
        ("main table", Decimal(2_039_700), Decimal(1)),
        ("country sheet Ecuador", Decimal(2_039_700), Decimal(1)),
    ]
    colombia = next(s for s in iom.declared if s.offices == ("colombia",) and s.measure == "share")
    assert (colombia.value, colombia.unit) == (Decimal("41.5"), Decimal("0.1"))


def test_things_are_found_by_position_and_by_id(iom: Plan) -> None:
    assert iom.offices[0] == iom.offices["argentina"]
    assert iom.offices[-1].name == "RO San Jose"
    assert [office.id for office in iom.offices[:2]] == ["argentina", "brazil"]
    assert iom.offices["argentina"] in iom.offices
    assert "argentina" in iom.offices
    assert "atlantis" not in iom.offices
    assert iom.offices.get("atlantis") is None
    assert isinstance(iom.offices, Sequence)
    assert next(reversed(iom.outcomes)).id == "4"
    assert iom.offices is iom.offices
    assert [] not in iom.offices
    assert ("argentina", []) not in iom.allocations
    assert_type(iom.offices.ids, tuple[str, ...])
    assert_type(iom.allocations.ids, tuple[tuple[str, str], ...])


def test_a_mistyped_id_is_answered_with_the_nearest(iom: Plan) -> None:
    with pytest.raises(KeyError, match="did you mean `colombia`"):
        iom.offices["columbia"]
    with pytest.raises(logframe.UnknownNameError, match="no allocation `colombia, 9`"):
        iom.allocations["colombia", "9"]
    with pytest.raises(IndexError):
        iom.offices[16]
    with pytest.raises(TypeError):
        iom.offices[1.5]  # type: ignore[call-overload]


def test_plans_and_their_things_cannot_be_changed(iom: Plan) -> None:
    for thing, name in [(iom, "title"), (iom.offices[0], "name"), (iom.allocations[0], "amount")]:
        with pytest.raises(AttributeError):
            setattr(thing, name, "other")
    with pytest.raises(TypeError):
        iom.offices[0] = iom.offices[1]  # type: ignore[index]
    places = iom.regions[0].places
    places.clear()
    assert iom.regions[0].places


def test_equal_plans_are_equal_and_hash_alike(iom: Plan, tiny: Plan) -> None:
    again = logframe.loads(iom.to_toml())
    assert again == iom
    assert hash(again) == hash(iom)
    assert again.offices == iom.offices
    assert again != tiny
    assert {iom: 1}[again] == 1
    one_decimal_more = logframe.loads(TINY.replace("1_250,", "1_250.0,"))
    assert one_decimal_more == tiny
    assert hash(one_decimal_more) == hash(tiny)


def test_a_plan_survives_pickling_with_the_places_of_its_findings(iom: Plan) -> None:
    again = pickle.loads(pickle.dumps(iom))
    assert again == iom
    assert str(again.check()) == str(iom.check())


def one_of_each(iom: Plan) -> list[object]:
    measured = logframe.loads(MEASURED)
    indicator = measured.outcomes[0].indicators[0]
    report = iom.check()
    things: list[object] = [iom, iom.offices, iom.outcomes[0], iom.outputs[0], iom.activities[0], indicator, indicator.target]
    things += [iom.heads[0], iom.offices[0], iom.regions[0], iom.sheets[0], iom.allocations[0], iom.declared[0]]
    things += [iom.series[0], iom.series[0].statements[0], iom.table("budget"), report, report.findings[0], report.tally]
    proposal = logframe.load(ROOT / "plans" / "proposal-example.toml")
    things += [proposal.lines[0], proposal.categories[0], proposal.rates[0], proposal.donors[0], proposal.funding[0]]
    things += [logframe.diff(iom, proposal)]
    things += [iom.sdgs[0], iom.allocations, iom.reconcile(), logframe.display(number_format="plan")]
    return [*things, report.summary, iom.duration, iom.document, iom.frameworks[0], iom.printed, measured.exceptions[0]]


def test_a_copy_of_what_cannot_change_is_the_thing_itself(iom: Plan) -> None:
    things = one_of_each(iom)
    named = {value for name in logframe.__all__ if isinstance(value := getattr(logframe, name), type)}
    classes = {kind for kind in named if not is_dataclass(kind)}
    assert {type(thing) for thing in things} == {kind for kind in classes if not issubclass(kind, Exception)}
    for thing in things:
        assert copy.copy(thing) is thing
        assert copy.deepcopy(thing) is thing
    assert copy.deepcopy({"offices": [iom.offices[0]]}) == {"offices": [iom.offices[0]]}
    assert_type(copy.deepcopy(iom), Plan)


def test_a_plan_says_how_long_it_runs_and_where_it_comes_from(iom: Plan) -> None:
    assert iom.duration is not None
    assert (iom.duration.months, iom.duration.first_day, iom.duration.last_day) == (24, None, None)
    assert iom.document is not None
    assert iom.document.title == f"Regional Action Plan: {iom.title}"
    assert (iom.document.publisher, iom.document.year, iom.document.url, iom.document.note) == (
        iom.organisation,
        2018,
        None,
        None,
    )
    frameworks = [(framework.name, framework.objectives) for framework in iom.frameworks]
    assert frameworks == [
        ("IOM Migration Governance Framework", ("2", "3")),
        ("IOM Migration Crisis Operational Framework", ()),
    ]
    printed = iom.printed
    assert (printed.unit, printed.rounding, printed.none) == (Decimal(1), "nearest", None)
    assert (printed.thousands, printed.decimal) == (".", ",")
    assert repr(printed) == "<Printed to units of 1, nearest>"
    assert iom.exceptions == ()


def test_days_are_dates_and_words_are_those_of_the_file() -> None:
    plan = logframe.loads(MEASURED)
    assert plan.duration is not None
    assert (plan.duration.first_day, plan.duration.last_day) == (date(2018, 4, 1), date(2020, 3, 31))
    assert (plan.printed.rounding, plan.printed.none) == ("half-toward-zero", "rounds-to-zero")
    (exception,) = plan.exceptions
    assert (exception.rule, exception.severity, exception.reason, exception.of) == ("empty-outcome", "off", "to come", "1")
    assert plan == logframe.loads(plan.to_json())
    assert hash(plan.duration) == hash(logframe.loads(plan.to_json()).duration)


def test_a_plan_that_says_little_has_nothing_instead(tiny: Plan) -> None:
    assert (tiny.duration, tiny.document, tiny.frameworks, tiny.exceptions) == (None, None, (), ())
    assert logframe.loads(TINY.replace("printed = { unit = 1 }\n", "")).printed.unit is None


def test_writing_and_reading_give_an_equal_plan(iom: Plan, tmp_path: Path) -> None:
    assert logframe.loads(iom.to_json()) == iom
    for name in ("plan.toml", "plan.json"):
        iom.save(tmp_path / name)
        assert logframe.load(str(tmp_path / name)) == iom
    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["budget"]["argentina"]["1"] == "180572"


def test_every_figure_about_the_world_is_the_transcribed_one(iom: Plan) -> None:
    permits = iom.series["residence-permits"]
    codes = dict(zip(dict.fromkeys(row["country"] for row in transcribed("permits")), permits.countries, strict=True))
    for row in transcribed("permits"):
        expected = None if row["printed"] == "N.A" else Decimal(row["printed"].replace(",", ""))
        assert permits.value(codes[row["country"]], int(row["year"])) == expected


def test_a_figure_that_is_not_given_is_not_taken_for_not_available(iom: Plan) -> None:
    permits = iom.series["residence-permits"]
    assert permits.value("BR", 2015) is None
    with pytest.raises(logframe.UnknownNameError, match="no figure for `CO` in 1999"):
        permits.value("CO", 1999)
    for year in (-1, 99_999, 10**30):
        with pytest.raises(logframe.UnknownNameError, match=f"no figure for `CO` in {year} in series"):
            permits.value("CO", year)
    with pytest.raises(TypeError):
        permits.value("CO", "2017")  # type: ignore[arg-type]


def test_the_office_that_leads_is_marked(iom: Plan) -> None:
    assert [office.id for office in iom.offices if office.leads] == ["ro-buenos-aires"]
    assert iom.offices["ro-buenos-aires"].kind == "regional"
