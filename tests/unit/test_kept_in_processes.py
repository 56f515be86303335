"""A process of the desk keeps nothing that another one would miss: a request goes to any of them.

What is kept and changed all the same is listed here with the reason why it may be, and in docs/scale.md.
"""

import ast
from pathlib import Path

APP = Path(__file__).parents[2] / "app"
# Module and name of what a process keeps and changes, and why no other one has to know of it.
KEPT = {
    ("auth/passwords.py", "_hasher"): "how passwords are hashed, the same everywhere",
    ("extraction/apart.py", "_turns"): "one program that reads at a time, on each machine",
    ("languages.py", "_one_reads"): "one thread reads a catalogue",
    ("languages.py", "_read"): "catalogues, files of the program",
    ("storage/driver.py", "_known"): "statements as a driver takes them, made of the code",
    ("storage/frozen.py", "_scales"): "scales that are frozen, which never change again",
    ("storage/source_links.py", "_plain_link"): "plain links, made of the address",
    ("storage/way.py", "_way"): "which of its threads writes, which concerns them alone",
    ("web/markdown.py", "_reader"): "what makes pages of texts, made of the code",
    ("web/static_files.py", "_held"): "style sheets and scripts, files of the program",
    ("web/static_files.py", "_watch"): "when the same files were looked at last",
    ("web/resume.py", "_renderers"): "how forms are shown again, made of the code",
}
# Parts of questions: another name for a table, what is asked of it.
NAMES = frozenset({"alias_of", "aliased", "literal_column"})
CHANGES = (ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp, ast.Call)


def kept(path: Path) -> set[str]:
    """Names of a module that are not written as constants and may change, and those it writes anew."""
    tree = ast.parse(path.read_text("utf-8"))
    found = {name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names}
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        if (
            isinstance(value, CHANGES)
            and getattr(getattr(value, "func", None), "id", "") not in NAMES
        ):
            found |= {getattr(target, "id", "") for target in targets}
    return {name for name in found if name and not name.isupper() and not name.startswith("__")}


def test_what_a_process_keeps_is_known_and_may_be_kept():
    found = {
        (path.relative_to(APP).as_posix(), name)
        for path in APP.rglob("*.py")
        for name in kept(path)
        if name.startswith("_")
    }

    assert found - KEPT.keys() == set(), "does another process miss it? docs/scale.md"
    assert KEPT.keys() - found == set(), "it is kept no more"
