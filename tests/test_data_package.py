"""Plans as Tabular Data Packages: what is written, and whether frictionless, which knows nothing of plans, takes it for one."""

import csv
import json
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

import logframe
from conftest import ROOT

PLANS = ["iom-venezuela-2018", "proposal-example", "proposal-example-revision", "teaching"]


@pytest.fixture
def frictionless() -> ModuleType:
    reason = "skips: frictionless is not installed, so that no other program reads the packages"
    module: ModuleType = pytest.importorskip("frictionless", reason=reason)
    return module


def read(name: str) -> logframe.Plan:
    return logframe.load(ROOT / "plans" / f"{name}.toml")


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def broken(frictionless: ModuleType, folder: Path) -> list[list[str]]:
    """Validates a package; the tables with errors in them, and the types of these."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert not report.errors, report.to_summary()
    return [[task.name, *{error.type for error in task.errors}] for task in report.tasks if task.errors]


@pytest.mark.parametrize("name", PLANS)
def test_frictionless_finds_every_package_valid(name: str, tmp_path: Path, frictionless: ModuleType) -> None:
    read(name).to_data_package(tmp_path)
    assert broken(frictionless, tmp_path) == []


def test_frictionless_holds_the_tables_to_their_keys_and_types(tmp_path: Path, frictionless: ModuleType) -> None:
    read("teaching").to_data_package(tmp_path)
    table = tmp_path / "allocations.csv"
    good = table.read_text(encoding="utf-8")
    for old, new, error in [
        ("tete,1,", "teet,1,", "foreign-key"),
        ("tete,1,", "malawi,1,", "primary-key"),
        ("149600", "149 600", "type-error"),
        (",none", ",nothing", "constraint-error"),
    ]:
        table.write_text(good.replace(old, new), encoding="utf-8")
        assert broken(frictionless, tmp_path) == [["allocations", error]]


@pytest.mark.parametrize(("name", "total"), [("iom-venezuela-2018", "32326043"), ("proposal-example", "1475994.36")])
def test_frictionless_reads_amounts_that_add_up_exactly(name: str, total: str, tmp_path: Path, frictionless: ModuleType) -> None:
    read(name).to_data_package(tmp_path)
    table = frictionless.Package(str(tmp_path / "datapackage.json")).get_resource("allocations")
    assert sum(row["amount"] for row in table.read_rows() if row["amount"] is not None) == Decimal(total)


def test_frictionless_reads_figures_about_the_world(tmp_path: Path, frictionless: ModuleType) -> None:
    read("iom-venezuela-2018").to_data_package(tmp_path)
    table = frictionless.Package(str(tmp_path / "datapackage.json")).get_resource("series-figures")
    figures = table.read_rows()
    # Twelve countries by three years; Argentina issued 5,784 + 12,859 + 31,167, and Brazil's first two years are not available.
    assert len(figures) == 36
    assert sum(row["value"] for row in figures if row["country"] == "AR") == 49_810
    assert [(row["value"], row["said"]) for row in figures if row["country"] == "BR"] == [
        (None, "not available"),
        (None, "not available"),
        (8_470, "number"),
    ]


def test_formulas_are_defused_and_packages_stay_valid(tmp_path: Path, frictionless: ModuleType) -> None:
    plan = logframe.loads(
        """
        format = 1
        plan = { id = "=p", title = "=1+1", currency = "USD" }
        office = [{ id = "@north", name = "+North" }, { id = "south", name = " a, \\"b\\"\\n-c" }]
        head = [{ id = "-h", title = "\\t=tab" }]
        budget = { "@north" = { "-h" = -5.50 }, south = { "-h" = "-" } }
        """
    )
    plan.to_data_package(tmp_path)
    assert [office["name"] for office in rows(tmp_path, "offices")] == ["'+North", ' a, "b"\n-c']
    assert [list(row.values()) for row in rows(tmp_path, "allocations")] == [
        ["'@north", "'-h", "-5.50", "amount"],
        ["south", "'-h", "", "none"],
    ]
    assert broken(frictionless, tmp_path) == []


def test_a_package_stands_in_a_new_folder_and_names_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "package"
    read("proposal-example").to_data_package(str(folder))
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    named = {resource["path"] for resource in descriptor["resources"]}
    assert named | {"datapackage.json"} == {path.name for path in folder.iterdir()}
    assert sum(Decimal(line["built"]) for line in rows(folder, "lines")) == Decimal("1475994.36")


def test_what_cannot_be_written_is_said(tmp_path: Path, tiny: logframe.Plan) -> None:
    (tmp_path / "offices.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(logframe.FileError, match=r"offices\.csv: it is there already and belongs to no data package"):
        tiny.to_data_package(tmp_path)
    with pytest.raises(OSError, match="cannot write"):
        tiny.to_data_package(tmp_path / "offices.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["offices.csv"]
    with pytest.raises(TypeError, match="`to_data_package` wants a path"):
        tiny.to_data_package(1)  # type: ignore[arg-type]
