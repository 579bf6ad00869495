"""Calls that cannot be served: each raises what a Python user expects, with a message that says what to do."""

import copy
import errno
import multiprocessing
import os
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

import logframe
from conftest import TINY
from logframe import FileError, LogframeError, PlanError
from logframe._errors import file_error
from logframe._logframe import main


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


def raised(call: Callable[..., object], *args: object) -> Exception:
    with pytest.raises(LogframeError) as caught:
        call(*args)
    return caught.value


def every_exception(folder: Path) -> list[Exception]:
    return [
        LogframeError("the result has more digits than can be held exactly"),
        raised(logframe.loads, "format = 2"),
        raised(logframe.loads(TINY).table, "budgets"),
        raised(logframe.loads(TINY.replace("total = 1_250", "total = 1_290")).check().raise_on_error),
        raised(logframe.reconcile, [["", "a"], ["x", "no figure"]]),
        raised(logframe.load, folder / "missing.toml"),
        raised(logframe.load, folder),
        file_error(errno.EACCES, "cannot read plan.toml: permission denied", "plan.toml"),
        file_error(errno.EIO, "cannot read plan.toml: input/output error", "plan.toml"),
        file_error(None, "cannot read plan.toml: it is no file", "plan.toml"),
    ]


def told(error: Exception) -> tuple[object, ...]:
    return type(error), str(error), error.args, vars(error), getattr(error, "errno", None), getattr(error, "filename", None)


def fail(error: Exception) -> None:
    raise error


def test_every_exception_survives_pickling(tmp_path: Path) -> None:
    errors = every_exception(tmp_path)
    public = {value for name in logframe.__all__ if isinstance(value := getattr(logframe, name), type)}
    assert {type(error) for error in errors} == {kind for kind in public if issubclass(kind, Exception)}
    for error in errors:
        assert told(pickle.loads(pickle.dumps(error))) == told(error)
        assert told(copy.copy(error)) == told(error)


def test_every_exception_comes_back_from_another_process(tmp_path: Path) -> None:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        for error in every_exception(tmp_path):
            back = pool.submit(fail, error).exception()
            assert isinstance(back, LogframeError)
            assert told(back) == told(error)
        assert isinstance(pool.submit(logframe.load, tmp_path).exception(), IsADirectoryError)


@pytest.mark.parametrize("wrong", [None, b"plan.toml", 3])
def test_what_is_no_path_is_answered_with_what_is(wrong: object, tiny: logframe.Plan) -> None:
    kind = type(wrong).__name__
    for call, name in ((logframe.load, "load"), (tiny.save, "save")):
        with pytest.raises(TypeError) as caught:
            call(wrong)  # type: ignore[arg-type]
        assert str(caught.value) == f"`{name}` wants a path (`str` or `os.PathLike`), not `{kind}`"


def test_a_path_that_is_bytes_inside_is_no_path() -> None:
    class Bytes:
        def __fspath__(self) -> bytes:
            return b"plan.toml"

    with pytest.raises(TypeError, match="`load` wants a path"):
        logframe.load(Bytes())  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["plans/x.toml", "x.json", "C:\\plans\\X.TOML"])
def test_a_path_given_as_a_text_is_recognised(path: str) -> None:
    with pytest.raises(PlanError, match=r"looks like a path.*`logframe\.load`"):
        logframe.loads(path)


@pytest.mark.parametrize("text", ["format = x.toml", "x\ny.toml", "{ x.json", "plans/x.csv", ""])
def test_a_text_that_is_only_wrong_is_not_taken_for_a_path(text: str) -> None:
    with pytest.raises(PlanError) as caught:
        logframe.loads(text)
    assert "looks like a path" not in str(caught.value)


def test_half_a_character_is_no_plan() -> None:
    with pytest.raises(PlanError, match="lone surrogate") as caught:
        logframe.loads("format = 1\n# \ud800", name="cut.toml")
    assert str(caught.value).startswith("cannot read cut.toml: ")
    assert caught.value.diagnostics == ()


@pytest.mark.parametrize("wrong", [None, 3, b"format = 1"])
def test_a_text_of_another_type_is_a_type_error(wrong: object) -> None:
    with pytest.raises(TypeError):
        logframe.loads(wrong)  # type: ignore[arg-type]


def test_things_of_a_plan_are_not_made_by_hand() -> None:
    with pytest.raises(TypeError):
        logframe.Plan()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        logframe.Office("north")  # type: ignore[arg-type]
    for name in logframe.__all__:
        kind = getattr(logframe, name)
        if isinstance(kind, type) and not issubclass(kind, Exception):
            with pytest.raises(TypeError):
                kind()


def test_the_command_wants_a_list_of_texts() -> None:
    with pytest.raises(TypeError):
        main("logframe")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        main([b"logframe"])  # type: ignore[list-item]
