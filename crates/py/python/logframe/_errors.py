"""Exceptions: calls that could not be served. What is wrong with a plan that can be read is a finding, never an exception."""

from __future__ import annotations

import errno as _errno
import re as _re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._logframe import Diagnostic


class LogframeError(Exception):
    """A call that could not be served.

    >>> issubclass(PlanError, LogframeError) and issubclass(FileError, LogframeError)
    True
    """

    __module__ = "logframe"


class PlanError(LogframeError):
    """A text that cannot be read as a plan. Its message shows the first findings, `diagnostics` holds all of them.

    >>> try:
    ...     logframe.loads("format = 1")
    ... except PlanError as error:
    ...     [finding.rule for finding in error.diagnostics]
    ['missing-key']
    """

    __module__ = "logframe"

    diagnostics: tuple[Diagnostic, ...]

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics


class TableError(LogframeError):
    """Rows that cannot be read as a table of figures. Its message shows the first findings, `findings` tells all of them.

    >>> try:
    ...     logframe.reconcile([["", "a", "Total"], ["x", "1.5", "1.5"]], unit=1)
    ... except TableError as error:
    ...     len(error.findings)
    2
    """

    __module__ = "logframe"

    findings: tuple[str, ...]

    def __init__(self, message: str, findings: tuple[str, ...] = ()) -> None:
        super().__init__(_as_arguments(message))
        self.findings = tuple(map(_as_arguments, findings))


def _as_arguments(text: str) -> str:
    """Options as they are written in Python: `--numbers 1,234.56` is `numbers="1,234.56"`."""

    def argument(option: _re.Match[str]) -> str:
        name, value = option[1].replace("-", "_"), (option[2] or "").strip('"')
        return f'`{name}="{value}"`' if value else f"`{name}`"

    return _re.sub(r"`--([a-z-]+)(?: ([^`]+))?`", argument, text)


class UnknownNameError(LogframeError, KeyError):
    """Nothing goes by this name; the message suggests the nearest one.

    >>> plan.offices["columbia"]
    Traceback (most recent call last):
        ...
    logframe.UnknownNameError: no office `columbia` in the plan; did you mean `colombia`?
    """

    __module__ = "logframe"

    def __str__(self) -> str:
        return str(self.args[0])


class FileError(LogframeError, OSError):
    """A file that could not be read or written. As an `OSError` it has `errno` and `filename`.

    >>> try:
    ...     logframe.load("plans")
    ... except FileError as error:
    ...     print(error)
    cannot read plans: it is a directory, not a plan file
    """

    __module__ = "logframe"

    def __str__(self) -> str:
        return str(self.strerror)


class MissingFileError(FileError, FileNotFoundError):
    """A file that does not exist.

    >>> try:
    ...     logframe.load("missing.toml")
    ... except FileNotFoundError as error:
    ...     error.filename
    'missing.toml'
    """

    __module__ = "logframe"


class ForbiddenFileError(FileError, PermissionError):
    """A file that the system does not let this program read or write.

    >>> issubclass(ForbiddenFileError, PermissionError)
    True
    """

    __module__ = "logframe"


class DirectoryFileError(FileError, IsADirectoryError):
    """A directory where a file is wanted.

    >>> try:
    ...     logframe.load("plans")
    ... except IsADirectoryError as error:
    ...     error.filename
    'plans'
    """

    __module__ = "logframe"


_CLASSES: dict[int | None, type[FileError]] = {
    _errno.ENOENT: MissingFileError,
    _errno.EACCES: ForbiddenFileError,
    _errno.EPERM: ForbiddenFileError,
    _errno.EISDIR: DirectoryFileError,
}


def file_error(errno: int | None, message: str, filename: str) -> FileError:
    """The exception for a refusal of the operating system."""
    return _CLASSES.get(errno, FileError)(errno, message, filename)
