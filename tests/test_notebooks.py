"""The notebooks run from top to bottom, and show what their words say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

nbclient = pytest.importorskip("nbclient")
nbformat = pytest.importorskip("nbformat")

FOLDER = ROOT / "examples" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))

# What a reader sees that the texts around it speak of.
SHOWN = {
    "1_first_look": ["13,399,999", "Colombia", "no errors, 12 notes", "32,326,041", "Consistent", "USD 32.326.043"],
    "2_is_this_budget_right": ["Consistent", "neighbouring digits transposed", "Impossible", "[32326038.5, 32326043.5]"],
    "3_charts_for_a_donor_report": ["From outcomes to offices", "shares.png", "gets USD 13,399,999 for 28 activities"],
    "4_a_new_proposal": ["an amount is a `Decimal`", "900", "nothing is wrong", "[[outcome]]"],
    "5_polars_and_duckdb": ["13399999", "decimal[38,0]", "8971407.90", "a float has already lost the digits"],
}


def executed(path: Path) -> object:
    notebook = nbformat.read(path, as_version=4)
    # Charts as pictures: what is looked at needs no script.
    first = nbformat.v4.new_code_cell("import altair\naltair.renderers.enable('svg')")
    notebook.cells.insert(0, first)
    return nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(FOLDER)}}).execute()


def test_there_are_five() -> None:
    assert {path.stem for path in NOTEBOOKS} == set(SHOWN)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_what_it_speaks_of(path: Path) -> None:
    notebook = executed(path)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]  # type: ignore[attr-defined]
    assert not [output for output in outputs if output.output_type == "error"]
    text = "\n".join(str(output) for output in outputs)
    for words in SHOWN[path.stem]:
        assert words in text, words


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_without_its_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert not [cell for cell in notebook.cells if cell.cell_type == "code" and cell.outputs]
    links = re.findall(r"\]\((\d_\w+\.ipynb)\)", "\n".join(cell.source for cell in notebook.cells))
    assert all((FOLDER / link).exists() for link in links)


def test_the_types_of_what_notebooks_do_hold(tmp_path: Path) -> None:
    for path in NOTEBOOKS:
        cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        (tmp_path / f"notebook_{path.stem}.py").write_text("\n\n".join(cells) + "\n", encoding="utf-8")
    # A cell that runs again names its things again.
    command = [sys.executable, "-m", "mypy", "--strict", "--disable-error-code=no-redef", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
