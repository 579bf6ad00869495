"""Every example of every docstring runs, and everything public has one."""

import doctest
import inspect
import pydoc
from collections.abc import Iterator
from pathlib import Path
from types import GetSetDescriptorType

import pytest

import logframe
from conftest import ROOT
from logframe import __main__, _logframe

CLASSES = [value for name in logframe.__all__ if inspect.isclass(value := getattr(logframe, name))]


def documented() -> Iterator[tuple[str, object]]:
    yield "logframe", logframe
    for name in logframe.__all__:
        if inspect.isroutine(function := getattr(logframe, name)):
            yield f"logframe.{name}", function
    for kind in CLASSES:
        yield f"logframe.{kind.__name__}", kind
        for name, member in vars(kind).items():
            shows = isinstance(member, GetSetDescriptorType) and ">>>" in (inspect.getdoc(member) or "")
            if not name.startswith("_") and (callable(member) or shows):
                yield f"logframe.{kind.__name__}.{name}", getattr(kind, name)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = dict(vars(logframe))
    plan = logframe.load(Path("plans", "iom-venezuela-2018.toml"))
    names.update(
        logframe=logframe,
        plan=plan,
        proposal=logframe.load(Path("plans", "proposal-example.toml")),
        difference=logframe.diff(plan, plan.with_allocation("chile", "1", 227_373).replace(title="Strengthened")),
        report=plan.check(),
        table=plan.table("budget"),
    )
    names["tiny"] = logframe.loads(
        """
        format = 1
        plan = { id = "tiny", title = "Tiny", currency = "USD" }
        [[outcome]]
        id = "1"
        title = "Safe water"
        [[outcome.indicator]]
        id = "1i"
        title = "People with safe water"
        target = { value = 1_500, year = 2020 }
        """
    )
    return names


@pytest.mark.parametrize(("name", "thing"), [pytest.param(*pair, id=pair[0]) for pair in documented()])
def test_the_examples_of_a_docstring_run(name: str, thing: object, names: dict[str, object]) -> None:
    text = inspect.getdoc(thing)
    assert text, f"{name} has no docstring"
    example = doctest.DocTestParser().get_doctest(text, names, name, None, 0)
    assert example.examples, f"the docstring of {name} has no example"
    output: list[str] = []
    results = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(example, out=output.append)
    assert results.failed == 0, "".join(output)


@pytest.mark.parametrize("kind", CLASSES)
def test_help_tells_what_every_property_is(kind: type) -> None:
    page = pydoc.plain(pydoc.render_doc(kind))
    assert len(page.splitlines()) > 5
    for name, member in vars(kind).items():
        if isinstance(member, GetSetDescriptorType) and not name.startswith("_"):
            assert inspect.getdoc(member), f"{kind.__name__}.{name} has no docstring"


def test_everything_public_is_named_and_typed() -> None:
    public = {name for name in vars(_logframe) if not name.startswith("_")} - {"main"}
    assert public <= set(logframe.__all__)
    assert all(hasattr(logframe, name) for name in logframe.__all__)
    assert inspect.getdoc(__main__)
    package = Path(logframe.__file__).parent
    assert (package / "py.typed").is_file()
    assert (package / "_logframe.pyi").is_file()


def test_the_wheel_is_tested_and_not_the_sources() -> None:
    assert "site-packages" in Path(logframe.__file__).parts
