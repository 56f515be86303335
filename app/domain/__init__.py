"""Rules: what may be done, by whom and what follows. Pure Python, no database, no web."""
