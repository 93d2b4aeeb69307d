"""GenGlossary Desktop: a folder of documents becomes a glossary with evidence."""

__version__ = "0.1.0"
