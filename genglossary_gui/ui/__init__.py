"""The window: the only package that imports Qt (docs/architecture.md)."""
