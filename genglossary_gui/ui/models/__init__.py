"""What stands between the database and the tables of the window: models, the reader, and words for what they show."""
