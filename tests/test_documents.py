"""The Python of the documentation runs."""

import re
from pathlib import Path

import pytest

from conftest import ROOT

PAGES = [ROOT / "docs" / "tutorials" / "officer.md", ROOT / "docs" / "how-to.md"]
BLOCK = re.compile(r"^( *)```python\n(.*?)^ *```$", re.M | re.S)
SAYS = re.compile(r"^(.+?)\s+# (Decimal\(.*\)|'.*'|\d+)$")


def blocks(page: Path) -> list[str]:
    found = BLOCK.findall(page.read_text(encoding="utf-8"))
    return [re.sub(f"^{indent}", "", block, flags=re.M) for indent, block in found]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_runs_from_top_to_bottom(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("plans", "examples"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    assert blocks(page), "the page has no Python"
    for block in blocks(page):
        exec(compile(block, str(page), "exec"), names)  # noqa: S102  the project's own page
        for said in filter(None, map(SAYS.match, block.splitlines())):
            assert repr(eval(said[1], names)) == said[2]  # noqa: S307
    names["logframe"].display(number_format="plan")  # type: ignore[attr-defined]
