"""What keeps the house in order: sizes, templates, and what must stand in no file."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from jinja2 import nodes

from app import create_app
from app.config import Settings
from tests.cases import in_turn

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
    """The files of the repository that people write, by their short names."""
    found = sorted({path for pattern in patterns for path in ROOT.glob(pattern)})
    return {str(path.relative_to(ROOT)): path for path in found if path.is_file()}


def wrong_in(paths, look):
    """What a look at each file finds there, by name: of all files in one test, as most are right."""
    return {name: found for name, path in paths.items() if (found := look(path))}


APP = files("app/**/*.py")
PYTHON = files("app/**/*.py", "tests/**/*.py", "migrations/*.py", "tools/*.py")
PAGES = files("templates/**/*.html", "app/static/**/*.css", "app/static/**/*.js")
SOURCES = {**PYTHON, **PAGES}
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
def read(path):
    """The long functions of a file with their lines, and the codes of the refusals that it makes.

    Its tree is not kept: those of all files are millions of things in the memory of every later test.
    """
    long, codes = {}, set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            long |= {node.name: lines} if lines > LONGEST_FUNCTION else {}
        codes |= {code_of(node)}
    return long, codes - {None}


@cache
def parsed(desk, path):
    return desk.jinja_env.parse(path.read_text("utf-8"), filename=str(path))


def test_a_file_has_at_most_400_lines():
    lines = {name: len(path.read_text("utf-8").splitlines()) for name, path in SOURCES.items()}

    assert {name: number for name, number in lines.items() if number > LONGEST_FILE} == {}


def test_a_function_has_at_most_35_lines():
    assert wrong_in(PYTHON, lambda path: read(path)[0]) == {}


def test_nothing_leaves_without_being_escaped():
    looked_at = {**APP, **TEMPLATES}
    # The one place that makes HTML of what was written, and cleans it.
    del looked_at["app/web/markdown.py"]

    assert wrong_in(looked_at, lambda path: UNESCAPED.findall(path.read_text("utf-8"))) == {}


def test_no_template_holds_a_style_or_a_script():
    assert wrong_in(TEMPLATES, lambda path: INLINE.findall(path.read_text("utf-8"))) == {}


def test_no_file_names_a_registry():
    named = [
        name
        for name, path in EVERYTHING.items()
        if name != "tests/unit/test_fences.py"
        and path.suffix not in {".pyc", ".png"}
        and REGISTRIES.search(path.read_text("utf-8", errors="replace"))
    ]

    assert named == []


def test_a_template_compiles_and_links_only_to_pages_that_exist(desk):
    def missing(path):
        desk.jinja_env.get_template(str(path.relative_to(ROOT / "templates")))
        return linked(parsed(desk, path)) - set(desk.view_functions)

    assert wrong_in(TEMPLATES, missing) == {}


def linked(tree):
    """The pages that a template links to by name."""
    return {
        call.args[0].value
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name)
        and call.node.name == "url_for"
        and isinstance(call.args[0], nodes.Const)
    }


def test_a_template_uses_every_macro_that_it_imports(desk):
    def unused(path):
        return imported(parsed(desk, path)) - names_used(desk, path)

    assert wrong_in(TEMPLATES, unused) == {}


def imported(tree):
    """The names under which a template has what it imports."""
    return {
        name if isinstance(name, str) else name[1]
        for node in tree.find_all(nodes.FromImport)
        for name in node.names
    } | {node.target for node in tree.find_all(nodes.Import)}


def names_used(desk, path):
    """The names that a template uses, and those that it includes, which see what it imports."""
    tree = parsed(desk, path)
    used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    for node in tree.find_all(nodes.Include):
        if isinstance(node.template, nodes.Const):
            used |= names_used(desk, ROOT / "templates" / node.template.value)
    return used


@in_turn("fence", FENCES)
def test_contributing_names_every_fence(fence):
    assert fence in (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def test_every_refusal_has_its_sentence():
    from app.domain.sentences import SENTENCES
    from app.importers.problems import SENTENCES as FAULTS

    known = {*SENTENCES, *FAULTS}

    assert wrong_in(APP, lambda path: read(path)[1] - known) == {}


def code_of(node):
    """The code of a refusal that is made here, where it is written out."""
    kinds = {"Refused", "Missing", "NotAllowed", "WrongState", "Stale", "Invalid"}
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
        return None
    code = node.args[0]
    if node.func.id not in kinds or not isinstance(code, ast.Constant):
        return None
    return code.value


def test_a_style_sheet_leans_to_no_side():
    """A page from right to left is the same page turned: sides are those of the writing."""
    sheets = files("app/static/**/*.css")

    assert wrong_in(sheets, lambda path: SIDES.findall(path.read_text("utf-8"))) == {}
