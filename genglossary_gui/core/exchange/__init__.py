"""The glossary leaves the project and comes back: one module for each format, one way to write a file."""
