import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest

from app.extraction import registry
from app.extraction.candidate import Extraction


class Echo:
    name = "echo"
    version = "1"

    def extract(self, text, **_):
        return Extraction((), "en", text, self.name)


@pytest.fixture
def installed(monkeypatch):
    def entry_points(*, group, name=None):
        entries = [EntryPoint("echo", f"{__name__}:Echo", group)]
        return [entry for entry in entries if name in {None, entry.name}]

    monkeypatch.setattr(registry, "entry_points", entry_points)


def test_the_built_in_extractor_needs_no_package_metadata(monkeypatch):
    monkeypatch.setattr(registry, "entry_points", lambda **_: ())

    assert registry.extractor().name == "rules"
    assert registry.names() == ("rules",)


def test_another_package_may_bring_an_extractor(installed):
    found = registry.extractor("echo")

    assert found.extract("hello").notice == "hello"
    assert registry.names() == ("rules", "echo")


def test_an_unknown_name_is_refused(installed):
    with pytest.raises(registry.UnknownExtractorError) as refused:
        registry.extractor("nobody")

    assert refused.value.name == "nobody"


def test_importing_the_room_loads_no_web_framework_and_no_reader():
    code = (
        "import sys, app.extraction; "
        "heavy = {'flask', 'werkzeug', 'sqlalchemy', 'sqlmodel', 'trafilatura', 'nupunkt', 'lxml'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"
