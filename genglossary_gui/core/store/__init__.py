"""The project file: SQLite, its schema, and typed queries.  No other package writes SQL."""
