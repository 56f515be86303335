"""The look around before an installation, which older Pythons must be able to take."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture
def preflight(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    import preflight

    return preflight


def test_an_old_python_can_read_it():
    ast.parse((TOOLS / "preflight.py").read_text("utf-8"), feature_version=(3, 6))


def test_nothing_is_said_where_nothing_stands_in_the_way(tmp_path):
    said = subprocess.run(
        [sys.executable, TOOLS / "preflight.py"], cwd=tmp_path, capture_output=True, check=False
    )

    assert (said.returncode, said.stdout, said.stderr) == (0, b"", b"")


def test_an_old_python_is_told_which_newer_one_is_here(preflight, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.delenv("PYTHON", raising=False)
    monkeypatch.setattr(preflight.shutil, "which", lambda name: name == "python3.12" or None)

    said = preflight.complaint(tmp_path)

    assert said.startswith("Assay needs Python 3.11 or newer, and python3 is 3.9.2")
    assert "PYTHON=python3.12" in said


def test_an_old_python_alone_is_told_to_be_replaced(preflight, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(preflight.shutil, "which", lambda _name: None)

    assert "install a newer one" in preflight.complaint(tmp_path)


def test_a_python_without_venv_is_told_what_to_install(preflight, monkeypatch, tmp_path):
    monkeypatch.setattr(
        preflight.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name
    )

    assert "sudo apt install python3-venv" in preflight.complaint(tmp_path)


def test_a_folder_that_cannot_be_written_to_is_named(preflight, monkeypatch, tmp_path):
    monkeypatch.setattr(os, "access", lambda *_: False)

    assert str(tmp_path) in preflight.complaint(tmp_path)
