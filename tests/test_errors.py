"""Calls that cannot be served: each raises what a Python user expects, with a message that says what to do."""

import os
import pickle
from pathlib import Path

import pytest

import logframe
from conftest import TINY
from logframe import FileError, LogframeError, PlanError


def test_a_missing_file_can_be_caught_as_python_does(tmp_path: Path) -> None:
    path = tmp_path / "missing.toml"
    with pytest.raises(FileNotFoundError) as caught:
        logframe.load(path)
    assert isinstance(caught.value, FileError)
    assert isinstance(caught.value, LogframeError)
    assert caught.value.filename == str(path)
    assert str(caught.value).startswith(f"cannot read {path}: ")


def test_a_directory_is_named_as_one(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError, match="it is a directory, not a plan file") as caught:
        logframe.load(tmp_path)
    assert isinstance(caught.value, FileError)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may read every file")
def test_a_forbidden_file_is_a_permission_error(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(TINY)
    path.chmod(0)
    with pytest.raises(PermissionError):
        logframe.load(path)


def test_saving_where_no_folder_is_leaves_nothing_behind(tmp_path: Path, tiny: logframe.Plan) -> None:
    with pytest.raises(FileError, match="cannot write"):
        tiny.save(tmp_path / "no" / "plan.toml")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"\xff\xfef\x00o\x00", "UTF-16"),
        (b"PK\x03\x04\xff\xff", "workbook"),
        (b"format = 1\x00", "NUL"),
        (b"caf\xe9 = 1", "byte 4 is not UTF-8"),
    ],
)
def test_bytes_that_are_no_text_are_no_plan(tmp_path: Path, content: bytes, hint: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(content)
    with pytest.raises(PlanError, match=hint) as caught:
        logframe.load(path)
    assert caught.value.diagnostics == ()


def test_all_that_is_wrong_is_said_with_its_place_and_a_hint() -> None:
    text = TINY.replace("title", "titel").replace("currency", "curency")
    with pytest.raises(PlanError) as caught:
        logframe.loads(text, name="bad.toml")
    lines = str(caught.value).splitlines()
    assert lines[0].startswith("bad.toml:")
    assert any("titel" in line for line in lines)
    assert any(line.startswith("  help: ") for line in lines)
    assert len(caught.value.diagnostics) > 2
    assert all(finding.severity == "error" and finding.line for finding in caught.value.diagnostics)


def test_a_long_list_of_findings_is_cut_short_in_the_message_only() -> None:
    text = TINY + "".join(f"stray{i} = 1\n" for i in range(20))
    with pytest.raises(PlanError, match=r"and \d+ more in `\.diagnostics`") as caught:
        logframe.loads(text)
    assert len(caught.value.diagnostics) >= 20
    assert str(caught.value).count("unknown-key") == 5


def test_amounts_that_are_not_exact_are_refused() -> None:
    for number in ("1e5", "nan", "0x10", "12345678901234567890123456789012345678901"):
        with pytest.raises(PlanError):
            logframe.loads(TINY.replace("1_250,", f"{number},"))


def test_a_sum_with_too_many_digits_is_an_error_of_the_call() -> None:
    huge = "79228162514264337593543950335"
    plan = logframe.loads(TINY.replace("1_250,", f"{huge},").replace("staff = 0", f"staff = {huge}"))
    with pytest.raises(LogframeError, match="more digits than can be held"):
        _ = plan.total
    assert "more digits than can be held" in repr(plan)
    assert not plan.check().ok


def test_exceptions_survive_pickling(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as bad:
        logframe.loads("format = 2")
    again = pickle.loads(pickle.dumps(bad.value))
    assert str(again) == str(bad.value)
    assert again.diagnostics == bad.value.diagnostics
    with pytest.raises(FileError) as missing:
        logframe.load(tmp_path / "missing")
    again = pickle.loads(pickle.dumps(missing.value))
    assert (type(again), str(again)) == (type(missing.value), str(missing.value))


@pytest.mark.parametrize("wrong", [None, 3, b"format = 1"])
def test_a_text_of_another_type_is_a_type_error(wrong: object) -> None:
    with pytest.raises(TypeError):
        logframe.loads(wrong)  # type: ignore[arg-type]


def test_things_of_a_plan_are_not_made_by_hand() -> None:
    for kind in (logframe.Plan, logframe.Office, logframe.Report, logframe.Table):
        with pytest.raises(TypeError):
            kind()
