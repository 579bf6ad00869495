"""The Python of every page runs, block after block as in a notebook, and gives what the page says."""

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest

import logframe
from conftest import ROOT

FENCE = re.compile(r"^( *)```(python|text)\n(.*?)^\1```$", re.M | re.S)
SAYS = re.compile(r"^(.+?)\s+# (Decimal\(.*\)|'.*'|\d+)$")


class Block(NamedTuple):
    """Code of a page, where it stands, and the text right below it."""

    code: str
    line: int
    shown: str | None


def blocks(page: str) -> list[Block]:
    found: list[Block] = []
    end = -1
    for match in FENCE.finditer(page):
        indent, kind, body = match.groups()
        body = re.sub(f"^{indent}", "", body, flags=re.M)
        if kind == "python":
            found.append(Block(body, page.count("\n", 0, match.start()) + 1, None))
            end = match.end()
        elif found and not page[end : match.start()].strip():
            found[-1] = found[-1]._replace(shown=body)
    return found


def pages() -> list[Path]:
    return [page for page in sorted((ROOT / "docs").rglob("*.md")) if "```python" in page.read_text(encoding="utf-8")]


def run(block: Block, page: str, names: dict[str, object]) -> None:
    """Runs a block; its last line is looked at as a notebook does, and so is each that says its value."""
    code = ast.parse("\n" * block.line + block.code, page)
    shown = code.body.pop() if isinstance(code.body[-1], ast.Expr) else None
    exec(compile(code, page, "exec"), names)  # noqa: S102  the project's own page
    if isinstance(shown, ast.Expr):
        value = eval(compile(ast.Expression(shown.value), page, "eval"), names)  # noqa: S307
        assert value is None or repr(value)
    for said in filter(None, map(SAYS.match, block.code.splitlines())):
        assert repr(eval(said[1], names)) == said[2]  # noqa: S307


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_runs_from_top_to_bottom(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("plans", "examples"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks(page.read_text(encoding="utf-8")):
        run(block, str(page), names)
        printed = capsys.readouterr().out
        if block.shown is not None:
            assert printed == block.shown, f"line {block.line}"
    logframe.display(number_format="plan")


def test_every_kind_of_page_has_python() -> None:
    named = {page.relative_to(ROOT).as_posix() for page in pages()}
    assert {"docs/tutorials/officer.md", "docs/how-to/notebook.md", "docs/how-to/split-and-round.md"} <= named


def test_what_stands_below_a_block_is_what_it_prints() -> None:
    page = "```python\n1\n```\n\n```text\n1\n```\n\nWords.\n\n```python\n2\n```\n\nWords.\n\n```text\n2\n```\n"
    assert [(block.code, block.shown) for block in blocks(page)] == [("1\n", "1\n"), ("2\n", None)]
