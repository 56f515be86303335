"""Write the next file of migrations/versions from what the models describe.

Alembic sees tables, columns, keys and indexes, but no CHECK: the migration tests name what is left
to add by hand.
"""

import sys
import tempfile
import warnings
from pathlib import Path

from alembic.util import CommandError

from app.storage import migrate


def main(words: str) -> None:
    """Compare the models with a database that has every step so far."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder, 'so-far.sqlite3')}"
        migrate.upgrade(url)
        # Of indexes that it cannot compare on SQLite; the tests compare them.
        warnings.simplefilter("ignore")
        try:
            migrate.write_step(url, words)
        except CommandError as error:
            sys.exit(f"No step was written: {error}.")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].strip():
        sys.exit('Say in a few words what the step does: make step WORDS="claim gets a tone"')
    main(sys.argv[1])
