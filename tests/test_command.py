"""The console script that the wheel installs."""

import json
import os
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

import logframe
from conftest import IOM, TINY

LOGFRAME = Path(sysconfig.get_path("scripts")) / "logframe"


def run(*args: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([LOGFRAME, *args], input=stdin, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_plan_without_errors_exits_with_0() -> None:
    done = run("check", IOM)
    assert (done.returncode, done.stderr) == (0, "")
    assert "32,326,041" in done.stdout
    assert "12 notes" in done.stdout


def test_a_plan_with_an_error_exits_with_1(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(TINY.replace("total = 1_250", "total = 1_205"))
    done = run("check", path, "--format", "concise")
    assert done.returncode == 1
    assert f"{path}:26:9: error[declared-total]" in done.stdout


def test_what_cannot_be_read_exits_with_2(tmp_path: Path) -> None:
    done = run("check", tmp_path / "missing.toml")
    assert done.returncode == 2
    assert "missing.toml" in done.stderr + done.stdout
    assert run("frobnicate").returncode == 2


def test_standard_input_and_output_reach_the_command() -> None:
    done = run("show", "-", "budget", "--format", "json", stdin=TINY)
    assert done.returncode == 0
    assert json.loads(done.stdout)["rows"][0]["field"] == "1250"


def test_the_module_runs_as_the_script_does() -> None:
    done = subprocess.run([sys.executable, "-m", "logframe", "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (0, ["logframe", logframe.__version__])


def test_the_command_says_the_same_as_the_library(iom: logframe.Plan) -> None:
    assert run("check", IOM).stdout.split() == iom.check().text(80).split()
    findings = json.loads(run("check", IOM, "--format", "json").stdout)["files"][0]["findings"]
    assert [finding["message"] for finding in findings] == [finding.message for finding in iom.check()]


@pytest.mark.skipif(os.name != "posix", reason="interrupts are sent otherwise here")
def test_an_interrupt_ends_the_command_at_once() -> None:
    process = subprocess.Popen([LOGFRAME, "check", "-"], stdin=subprocess.PIPE)
    try:
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=5) == -signal.SIGINT
    finally:
        process.kill()
        process.communicate()
