"""Pages that are made when the site is built: the rules, the Python API, the notebooks; and links that lead out of the site."""

from __future__ import annotations

import inspect
import posixpath
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import GetSetDescriptorType
from typing import Any

import nbclient
import nbformat
from mkdocs.structure.files import File, Files

import logframe

ROOT = Path(__file__).parent.parent
RULES = ROOT / "crates" / "core" / "src" / "rules"
NOTEBOOKS = ROOT / "examples" / "notebooks"
WIDTH = 88


def on_files(files: Files, config: Any) -> Files:
    """Adds the pages that are made."""
    pages = {"rules.md": rules(), "python.md": python()}
    pages |= {f"notebooks/{path.stem}.md": notebook(path) for path in sorted(NOTEBOOKS.glob("*.ipynb"))}
    for name, text in pages.items():
        files.append(File.generated(config, name, content=text))
    files.append(File.generated(config, "extra.css", abs_src_path=str(Path(__file__).with_name("extra.css"))))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Takes the links to the project's sources away: they are not on the site."""
    if page.is_homepage:
        page.meta["hide"] = ["navigation"]  # it would say "Home" and no more
    folder = posixpath.dirname(page.file.src_uri)

    def kept(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, link[2].split("#")[0]))
        return link[1] if target.startswith("..") else link[0]

    return re.sub(r"\[([^\]]+)\]\((\.\./[^)]+)\)", kept, markdown)


def rules() -> str:
    """A table of the rules, and every rule's own page, one under the other."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(RULES.glob("*.md"))]
    table = "| rule | severity | what it finds |\n|---|---|---|\n" + "\n".join(map(row, texts))
    opening = f"The {len(texts)} things that `logframe check` looks for. `logframe explain RULE` shows the same."
    return "\n\n".join(["# Rules", opening, table, *map(rule, texts)])


def row(text: str) -> str:
    """A rule in the table of all."""
    name, finds, severity = text.split("\n\n")[:3]
    name, severity = name.removeprefix("# "), re.findall(r"\w+", severity)[1]
    return f"| [`{name}`](#{name}) | {severity} | {' '.join(finds.splitlines())} |"


def rule(text: str) -> str:
    """A rule's page under the heading of all. Its own headings are those of every rule: they need no place in the contents."""
    page = re.sub(r"^## (.*)$", r"<h3>\1</h3>", text, flags=re.M)
    page = re.sub(r"^# ", "## ", page, count=1)
    # What stands behind the language says what a test expects; a page does not need it.
    return re.sub(r"^```(\w+) .*$", r"```\1", page, flags=re.M).replace("# <--", "# here")


def python() -> str:
    """The Python API, from the docstrings of the installed package."""
    parts = ["# The Python package\n", "`help(logframe.Plan)` shows the same in a notebook.\n", section(logframe, "logframe", 2)]
    public = [getattr(logframe, name) for name in logframe.__all__ if not name.startswith("__")]
    functions = sorted((thing for thing in public if not inspect.isclass(thing)), key=lambda thing: thing.__name__)
    classes = sorted((thing for thing in public if inspect.isclass(thing)), key=lambda thing: thing.__name__)
    parts += [section(function, f"logframe.{signature(function)}", 2) for function in functions]
    parts += [text for kind in classes for text in of_class(kind)]
    return "\n".join(parts)


def of_class(kind: type) -> Iterator[str]:
    """A class, and what it offers."""
    yield section(kind, kind.__name__, 2)
    for name, member in sorted(vars(kind).items()):
        if name.startswith("_") or not inspect.getdoc(member):
            continue
        if isinstance(member, (GetSetDescriptorType, property)):
            yield section(member, name, 3, kind.__name__)
        elif callable(getattr(kind, name)):
            yield section(getattr(kind, name), signature(getattr(kind, name), name), 3, kind.__name__)


def signature(function: Any, name: str | None = None) -> str:
    """A function as it is called: no types, which the stubs have, and no lines that a page cannot show."""
    name = name or function.__name__
    try:
        told = inspect.signature(function)
    except (TypeError, ValueError):
        return f"{name}(…)"
    plain = [each.replace(annotation=each.empty) for each in told.parameters.values()]
    shown = [each for each in plain if each.name not in ("self", "$self", "cls")]
    call = f"{name}{inspect.Signature(shown)}".replace("'", '"').replace("Ellipsis", "...")
    if len(call) <= WIDTH:
        return call
    filled = "\n".join(textwrap.wrap(call.removeprefix(f"{name}(")[:-1], WIDTH - 4, break_on_hyphens=False))
    return f"{name}(\n{textwrap.indent(filled, '    ')},\n)"


def section(thing: Any, heading: str, level: int, owner: str = "") -> str:
    """A heading and a docstring, its examples as code."""
    anchor = f"{owner}.{heading}" if owner else heading
    anchor, name = (text.split("(")[0] for text in (anchor, heading))
    lines, is_code = [f"{'#' * level} {name} {{ #{anchor.lower()} }}\n"], False
    lines += [f"```python\n{heading}\n```\n"] if "(" in heading else []
    for line in (inspect.getdoc(thing) or "").splitlines():
        starts = line.startswith(">>>") and not is_code
        ends = is_code and not line.strip()
        lines += ["```pycon"] if starts else []
        lines += ["```"] if ends else []
        is_code = (is_code or starts) and not ends
        lines.append(line)
    return "\n".join([*lines, "```" if is_code else "", ""])


def notebook(path: Path) -> str:
    """A notebook as it looks when it has run."""
    cells = nbformat.read(path, as_version=4)
    cells.cells.insert(0, nbformat.v4.new_code_cell("import altair\naltair.renderers.enable('svg')"))
    nbclient.NotebookClient(cells, timeout=300, resources={"metadata": {"path": str(NOTEBOOKS)}}).execute()
    parts = []
    for cell in cells.cells[1:]:
        if cell.cell_type == "markdown":
            parts.append(re.sub(r"\((\d_\w+)\.ipynb\)", r"(\1.md)", cell.source))
        else:
            parts += [f"```python\n{cell.source}\n```", *(shown(output) for output in cell.outputs)]
    return "\n\n".join(parts) + "\n"


def shown(output: Any) -> str:
    """An output in its richest form that needs no script."""
    forms = output.get("data", {})
    for kind in ("image/svg+xml", "text/html"):
        if kind in forms:
            flat = re.sub(r"\n\s*\n", "\n", forms[kind])
            return f'<div class="output">\n{flat}\n</div>'
    text = forms.get("text/plain", output.get("text", ""))
    return f"```text\n{text}\n```"
