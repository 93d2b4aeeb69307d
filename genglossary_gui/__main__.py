"""``python -m genglossary_gui`` and ``genglossary-gui``: the window.

Qt is imported only when the window starts: worker processes import this module again.
"""

import signal
import sys


def main() -> int:
    """Start the window; returns its exit status."""
    # Until there is something to close, Ctrl-C ends the process without many words.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    import multiprocessing

    multiprocessing.freeze_support()
    if "--self-test" in sys.argv[1:]:
        from genglossary_gui.cli import main as command

        return command(["self-test"])
    from genglossary_gui.starting import main as start

    return start()


if __name__ == "__main__":
    sys.exit(main())
