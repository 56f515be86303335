"""Facts: the tables, the session and the questions that are asked of them. All SQL lives here."""
