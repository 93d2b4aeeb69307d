"""Both programs of the bundle in one file: the name by which it is called tells which of them is meant.

Linux has links, so that the Python code (13 MB) is there once; `genglossary-gui` is a link to `genglossary`.
"""

import multiprocessing
import os
import sys
from pathlib import Path


def main() -> int:
    """Do what the program of this name does; returns its exit status."""
    keep_libraries_to_ourselves()
    # In a worker process of the bundle this call is the whole work: it never returns.
    multiprocessing.freeze_support()
    if Path(sys.argv[0]).name == "genglossary-gui":
        from genglossary_gui.__main__ import main as start
    else:
        from genglossary_gui.console import main as start
    return start()


def keep_libraries_to_ourselves() -> None:
    """What we start, a browser or a file manager, must not find the libraries of the bundle instead of its own.

    The loader has read the variable before.  A worker process sets it for itself, once it is told to begin anew.
    """
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before


if __name__ == "__main__":
    sys.exit(main())
