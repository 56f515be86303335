"""Look, before anything is installed, whether this Python and this folder can hold the program.

Older Pythons run this file too, so that it can tell them apart: it keeps to what 3.6 understands.
"""

import importlib.util
import os
import shutil
import sys
from pathlib import Path

OLDEST = (3, 11)
NEWER = [f"python3.{minor}" for minor in range(20, OLDEST[1] - 1, -1)]


def complaint(folder):  # type: (Path) -> str | None  # noqa: ANN001, ANN201
    """What stands in the way of an installation, in one sentence with the way out; or None."""
    if sys.version_info < OLDEST:
        return old_python()
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        return (
            "This Python cannot make a virtual environment, because its venv module is missing: "
            "install it (Debian and Ubuntu: sudo apt install python3-venv), then run make again."
        )
    if not os.access(folder, os.W_OK):
        return (
            f"The folder {folder} cannot be written to: run make as a user who may, "
            "or copy the folder to a place of your own."
        )
    return None


def old_python() -> str:
    """Which Python was found, and how to name a newer one."""
    found = next((name for name in NEWER if shutil.which(name)), None)
    way_out = (
        f"one is here: run make again with PYTHON={found}"
        if found
        else "install a newer one, then run make again, with PYTHON=its-path if it is not python3"
    )
    wanted, here = (
        ".".join(str(part) for part in version) for version in (OLDEST, sys.version_info[:3])
    )
    named = os.environ.get("PYTHON") or "python3"
    return f"Assay needs Python {wanted} or newer, and {named} is {here}: {way_out}."


if __name__ == "__main__":
    sys.exit(complaint(Path.cwd()))
