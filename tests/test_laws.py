"""Laws that hold for all plans and all texts."""

import contextlib
import copy
import pickle
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

import logframe

IDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=30)
AMOUNTS = st.decimals(-(10**12), 10**12, places=2, allow_nan=False, allow_infinity=False)
CELLS = st.one_of(AMOUNTS, st.just("-"))


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@st.composite
def plan_texts(draw: st.DrawFn) -> tuple[str, dict[tuple[str, str], Decimal | str]]:
    ids = draw(st.lists(IDS, min_size=2, max_size=6, unique=True))
    split = draw(st.integers(1, len(ids) - 1))
    offices, heads = ids[:split], ids[split:]
    cells = draw(st.dictionaries(st.tuples(st.sampled_from(offices), st.sampled_from(heads)), CELLS))
    lines = [f'format = 1\n[plan]\nid = "p"\ntitle = {quoted(draw(TITLES))}\ncurrency = "USD"']
    lines += [f"[[head]]\nid = {quoted(head)}\ntitle = {quoted(draw(TITLES))}" for head in heads]
    lines += [f"[[office]]\nid = {quoted(office)}\nname = {quoted(draw(TITLES))}" for office in offices]
    lines.append("[budget]")
    for office in offices:
        row = {head: cell for (one, head), cell in cells.items() if one == office}
        shown = ", ".join(f"{quoted(head)} = {quoted(cell) if isinstance(cell, str) else cell}" for head, cell in row.items())
        lines += [f"{quoted(office)} = {{ {shown} }}"] if row else []
    return "\n".join(lines), cells


@given(plan_texts())
def test_a_plan_holds_exactly_what_its_text_says(written: tuple[str, dict[tuple[str, str], Decimal | str]]) -> None:
    text, cells = written
    plan = logframe.loads(text)
    read = {(cell.office, cell.result): "-" if cell.amount is None else str(cell.amount) for cell in plan.allocations}
    assert read == {key: str(cell) for key, cell in cells.items()}
    assert plan.total == sum((cell for cell in cells.values() if isinstance(cell, Decimal)), Decimal(0))


@given(plan_texts())
def test_writing_pickling_and_copying_give_equal_plans(written: tuple[str, object]) -> None:
    plan = logframe.loads(written[0])
    again = [logframe.loads(plan.to_toml()), logframe.loads(plan.to_json()), pickle.loads(pickle.dumps(plan)), copy.copy(plan)]
    for other in again:
        assert other == plan
        assert hash(other) == hash(plan)
        assert [str(cell.amount) for cell in other.allocations] == [str(cell.amount) for cell in plan.allocations]


@given(plan_texts())
def test_every_plan_can_be_checked_and_shown(written: tuple[str, object]) -> None:
    plan = logframe.loads(written[0])
    report = plan.check()
    assert len(report.errors) + len(report.warnings) + len(report.notes) == len(report.findings)
    for name in ("budget", "results", "sdg", "declared"):
        assert "<table" in plan.table(name).to_html()


@given(st.text())
def test_any_text_is_a_plan_or_a_plan_error(text: str) -> None:
    with contextlib.suppress(logframe.PlanError):
        logframe.loads(text).check()
