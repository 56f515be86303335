"""The command line: the same verbs as in the browser, for whoever sits at the machine.

Each command lives in a module that is imported when it is called, so that ``assay extract``
starts without the web and without the database.
"""

from app.cli.door import main

__all__ = ["main"]
