"""Which terms count, as conditions in SQL."""

IN_GLOSSARY = (
    "merged_into IS NULL AND (listed = 'required' OR (listed = '' AND status <> 'dropped'"
    " AND (suggested = 1 OR status = 'accepted' OR locked = 1)))"
)
"""Condition on ``terms``: what people get.  Required comes before excluded, both before what an engine suggests."""
KEPT = "merged_into IS NULL AND listed <> 'excluded' AND (status <> 'dropped' OR listed = 'required')"
"""Condition on ``terms``: what engines work on, and what is exported when everything is wanted."""
