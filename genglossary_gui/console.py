"""The console program of the bundle (build.spec): the command line, whose worker processes start this program again."""

import multiprocessing
import sys


def main() -> int:
    """Carry out one command; returns its exit status."""
    # In a worker process of the bundle this call is the whole work: it never returns.
    multiprocessing.freeze_support()
    from genglossary_gui.cli import main as start

    return start()


if __name__ == "__main__":
    sys.exit(main())
