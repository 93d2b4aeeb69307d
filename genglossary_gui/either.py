"""Both programs of the bundle in one file: the name by which it is called tells which of them is meant.

Linux has links, so that the Python code (15 MB) is there once; `genglossary-gui` is a link to `genglossary`.
"""

import multiprocessing
import sys
from pathlib import Path


def main() -> int:
    """Do what the program of this name does; returns its exit status."""
    # In a worker process of the bundle this call is the whole work: it never returns.
    multiprocessing.freeze_support()
    if Path(sys.argv[0]).name == "genglossary-gui":
        from genglossary_gui.__main__ import main as start
    else:
        from genglossary_gui.console import main as start
    return start()


if __name__ == "__main__":
    sys.exit(main())
