"""What keeps the house in order: sizes, templates, and what must stand in no file."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from jinja2 import nodes

from app import create_app
from app.config import Settings

ROOT = Path(__file__).parents[2]
SECRET = "0123456789abcdefghijklmnopqrstuvwxyz-for-tests"
LONGEST_FILE = 400
LONGEST_FUNCTION = 35
# Words on the way out of autoescaping, and hosts that packages are fetched from.
UNESCAPED = re.compile(r"\|\s*safe\b|\bMarkup\(|autoescape\s+false")
REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:com|org)|unpkg\.com|jsdelivr\.net|cdnjs\.|esm\.sh"
    r"|googleapis\.com"
)
INLINE = re.compile(r"<style|\sstyle\s*=|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=|javascript:", re.I)
SIDES = re.compile(
    r"(?:margin|padding|border)-(?:left|right)|(?<![\w-])(?:left|right):"
    r"|(?:text-align|float): (?:left|right)"
)
# What stands behind each fence, as CONTRIBUTING.md names it.
FENCES = (
    *("make lint", "make types", "make contracts", "make templates", "make migrations"),
    *("make test", "make check", ".ci/run", "filterwarnings = error", "tests/pages.py"),
    *("test_fences.py", "400 lines", "35 lines", "leave", "blind", "queries", "PostgreSQL"),
    *("Hypothesis", "ASSAY_FIELD_DATA", "axe", "CI=true"),
)


def files(*patterns):
    """The files of the repository that people write, with their short names as test ids."""
    found = sorted({path for pattern in patterns for path in ROOT.glob(pattern)})
    return [pytest.param(path, id=str(path.relative_to(ROOT))) for path in found if path.is_file()]


PYTHON = files("app/**/*.py", "tests/**/*.py", "migrations/*.py", "tools/*.py")
PAGES = files("templates/**/*.html", "app/static/**/*.css", "app/static/**/*.js")
TEMPLATES = files("templates/**/*.html")
EVERYTHING = files(
    *(
        "app/**/*.*",
        "tests/**/*.*",
        "templates/**/*.*",
        "migrations/**/*.*",
        "tools/*",
        "docs/**/*",
    ),
    *("seed_data/**/*", "training_data/**/*", "*.toml", "*.md", "*.lock", "Makefile", ".ci/run"),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The application, only to look at."""
    folder = tmp_path_factory.mktemp("fences")
    url = f"sqlite:///{folder / 'none.db'}"
    return create_app(Settings(instance=folder, database_url=url, secret_key=SECRET))


@cache
def tree_of(path):
    return ast.parse(path.read_text("utf-8"))


@pytest.mark.parametrize("path", [*PYTHON, *PAGES])
def test_a_file_has_at_most_400_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", PYTHON)
def test_a_function_has_at_most_35_lines(path):
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    }

    assert long == {}


@pytest.mark.parametrize("path", [*files("app/**/*.py"), *TEMPLATES])
def test_nothing_leaves_without_being_escaped(path):
    # The one place that makes HTML of what was written, and cleans it.
    if path == ROOT / "app/web/markdown.py":
        return
    assert UNESCAPED.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES)
def test_no_template_holds_a_style_or_a_script(path):
    assert INLINE.findall(path.read_text("utf-8")) == []


def test_no_file_names_a_registry():
    named = [
        path.id
        for path in EVERYTHING
        if path.id != "tests/unit/test_fences.py"
        and path.values[0].suffix not in {".pyc", ".png"}
        and REGISTRIES.search(path.values[0].read_text("utf-8", errors="replace"))
    ]

    assert named == []


@pytest.mark.parametrize("path", TEMPLATES)
def test_a_template_compiles_and_links_only_to_pages_that_exist(desk, path):
    tree = desk.jinja_env.parse(path.read_text("utf-8"), filename=str(path))
    desk.jinja_env.get_template(str(path.relative_to(ROOT / "templates")))

    linked = {
        call.args[0].value
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name)
        and call.node.name == "url_for"
        and isinstance(call.args[0], nodes.Const)
    }
    assert linked - set(desk.view_functions) == set()


@pytest.mark.parametrize("path", TEMPLATES)
def test_a_template_uses_every_macro_that_it_imports(desk, path):
    tree = desk.jinja_env.parse(path.read_text("utf-8"))
    imported = {
        name if isinstance(name, str) else name[1]
        for node in tree.find_all(nodes.FromImport)
        for name in node.names
    } | {node.target for node in tree.find_all(nodes.Import)}

    assert imported - names_used(desk, tree) == set()


def names_used(desk, tree):
    """The names that a template uses, and those that it includes, which see what it imports."""
    used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    for node in tree.find_all(nodes.Include):
        if isinstance(node.template, nodes.Const):
            part = (ROOT / "templates" / node.template.value).read_text("utf-8")
            used |= names_used(desk, desk.jinja_env.parse(part))
    return used


@pytest.mark.parametrize("fence", FENCES)
def test_contributing_names_every_fence(fence):
    assert fence in (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def test_every_refusal_has_its_sentence():
    from app.domain.sentences import SENTENCES
    from app.importers.problems import SENTENCES as FAULTS

    raised = {
        (path.id, code)
        for path in files("app/**/*.py")
        for node in ast.walk(tree_of(path.values[0]))
        if (code := code_of(node)) is not None
    }

    assert {(path, code) for path, code in raised if code not in {*SENTENCES, *FAULTS}} == set()


def code_of(node):
    """The code of a refusal that is made here, where it is written out."""
    kinds = {"Refused", "Missing", "NotAllowed", "WrongState", "Stale", "Invalid"}
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
        return None
    code = node.args[0]
    if node.func.id not in kinds or not isinstance(code, ast.Constant):
        return None
    return code.value


@pytest.mark.parametrize("path", files("app/static/**/*.css"))
def test_a_style_sheet_leans_to_no_side(path):
    """A page from right to left is the same page turned: sides are those of the writing."""
    assert SIDES.findall(path.read_text("utf-8")) == []
