"""Verbs: each loads and locks what it changes, asks leave, writes rows and one event.

A verb takes a session and an actor, flushes, never commits, and never sees a request.
"""
