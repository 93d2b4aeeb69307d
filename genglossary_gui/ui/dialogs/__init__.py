"""Dialogs.  Each is imported when it is opened."""
