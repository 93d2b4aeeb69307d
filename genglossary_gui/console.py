"""The console program: the command line.  In the bundle (build.spec) its worker processes start this program again."""

import signal
import sys


def main() -> int:
    """Carry out one command; returns its exit status."""
    # While parts are imported (the command hears of it later) and when all is done, Ctrl-C just ends the process: as an
    # exception it could come where Python ignores it.
    is_heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # a shell's background ignores it
    if is_heard:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    import multiprocessing

    # In a worker process of the bundle this call is the whole work: it never returns.
    multiprocessing.freeze_support()
    from genglossary_gui.cli import CANCELLED
    from genglossary_gui.cli import main as start

    try:
        return start()
    except KeyboardInterrupt:
        return CANCELLED
    finally:
        if is_heard:
            signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    sys.exit(main())
