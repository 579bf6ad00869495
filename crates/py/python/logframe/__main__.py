"""The ``logframe`` command: ``python -m logframe``."""

import signal
import sys

from ._logframe import main as _run


def main() -> int:
    """Runs the command with the arguments of this process and returns its exit status."""
    # The command runs outside Python, which would otherwise hold Ctrl-C back until it is done.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _run(sys.argv)


if __name__ == "__main__":
    sys.exit(main())
