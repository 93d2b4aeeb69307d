"""The product against real servers that are too large to come with the tests; asked for with ``-m integration``."""
