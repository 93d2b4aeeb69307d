"""The console program: the command line.  In the bundle (build.spec) its worker processes start this program again."""

import multiprocessing
import signal
import sys


def main() -> int:
    """Carry out one command; returns its exit status."""
    # In a worker process of the bundle this call is the whole work: it never returns.
    multiprocessing.freeze_support()
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:  # ignored, as in the background of a shell
        from genglossary_gui.cli import main as start

        return start()
    # While parts are imported (the command hears of it later) and when all is done, Ctrl-C just ends the process: as an
    # exception it could come where Python ignores it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from genglossary_gui.cli import CANCELLED
    from genglossary_gui.cli import main as start

    try:
        return start()
    except KeyboardInterrupt:
        return CANCELLED
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    sys.exit(main())
