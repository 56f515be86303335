"""Which Python the environment is made with."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHOOSE = Path(__file__).parents[2] / "tools" / "choose_python"
PLAIN, OPTIMISED = "'--enable-shared'", "'--enable-shared' '--enable-optimizations'"


def python(path: Path, told: str | None = None, *, missing: str = "", version=(3, 12)) -> Path:
    """This Python, as if compiled with other words, without a module, or of another version."""
    before = (
        f"import sys, sysconfig; sys.version_info = {version}\n"
        f"sysconfig.get_config_var = lambda name: {told!r}\n"
        f"sys.modules |= dict.fromkeys({missing.split()})\n"
    )
    program = path.with_suffix(".py")
    program.write_text(f"{before}exec(sys.argv[1])\n")
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{program}" "$2"\n')
    path.chmod(0o755)
    return path


def chosen(folder: Path, system: Path | str) -> str:
    environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}
    words = ["sh", CHOOSE, system]
    return subprocess.run(
        words, env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_the_systems_own_is_taken_instead_of_one_compiled_in_haste(tmp_path):
    python(tmp_path / "python3", PLAIN)
    system = python(tmp_path / "system")

    assert chosen(tmp_path, system) == str(system)


@pytest.mark.parametrize("told", [OPTIMISED, None], ids=["optimised", "unknown"])
def test_any_other_python_is_kept(tmp_path, told):
    python(tmp_path / "python3", told)

    assert chosen(tmp_path, python(tmp_path / "system")) == "python3"


@pytest.mark.parametrize(
    "short", [{"version": (3, 10)}, {"missing": "venv"}, {"missing": "ensurepip"}], ids=str
)
def test_a_systems_own_that_cannot_make_the_environment_is_left(tmp_path, short):
    python(tmp_path / "python3", PLAIN)

    assert chosen(tmp_path, python(tmp_path / "system", **short)) == "python3"


def test_without_either_the_usual_name_stays(tmp_path):
    python(tmp_path / "python3", PLAIN)

    assert chosen(tmp_path, tmp_path / "nowhere") == "python3"
