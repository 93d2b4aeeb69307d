"""Definitions with evidence: the passages that define, and what is composed of them."""
