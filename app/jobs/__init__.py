"""Doors for time: what happens after a verb, and again and again, without anybody's request."""
