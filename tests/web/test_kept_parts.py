"""Parts of pages that are kept: what tells one from another, and what is in none."""

import pytest
from flask import g

from app.domain.words import Role
from app.web import static_files
from app.web.kept_parts import look, once
from tests.web.checking import article, start

FILLED = {"verdict": "true", "rationale": "Wallaby words", "sources-0-title": "Wallaby gazette"}


@pytest.fixture
def kept(app):
    """What the desk keeps."""
    cells = (cell.cell_contents for cell in app.jinja_env.globals["kept_part"].__closure__)
    return next(found for found in cells if isinstance(found, dict))


def looks(app, *asked):
    """How often what is kept differs, for requests with these arguments."""
    found = set()
    for given in asked:
        with app.test_request_context("/", **given):
            found.add(look())
    return len(found)


def test_language_and_place_of_the_desk_tell_parts_apart(app):
    german = {"headers": {"Accept-Language": "de"}}
    below = {"base_url": "http://localhost/desk"}

    assert looks(app, {}, {}) == 1
    assert looks(app, {}, german, below, {**german, **below}) == 4


def test_a_file_that_has_changed_tells_them_apart_too(app, monkeypatch, tmp_path):
    monkeypatch.setattr(static_files, "FOLDER", tmp_path)
    monkeypatch.setattr(static_files, "_held", {})
    monkeypatch.setattr(static_files, "_watch", static_files.Watch())
    monkeypatch.setattr(static_files, "LOOKED_AT_FOR_SECONDS", 0)
    (tmp_path / "a.css").write_text("a {}")
    static_files.file("a.css")

    before = static_files.state(), static_files.state()
    (tmp_path / "a.css").write_text("b {}")
    monkeypatch.setattr(static_files, "_changed", lambda _parts: (1,))

    assert before == (0, 0)
    assert static_files.state() == 1


def test_who_signs_in_is_not_shown_what_was_found_out_about_nobody(app, person):
    from app.auth import identity

    with app.test_request_context("/"):
        look()
        identity.begin(person("Ann"))
        assert not {"look", "words", "own_keys"} & set(vars(g._get_current_object()))


def test_nothing_typed_and_no_name_is_kept(kept, login, project, database):
    article(database, project, claims=3)
    ann, _ben = login(Role.REVIEWER), login(Role.REVIEWER, Role.EDITOR)
    review = start(ann, project)
    ann.get(f"/reviews/{review}")
    ann.post(f"/reviews/{review}", data={**FILLED, "verdict": ""})
    ann.post(f"/reviews/{review}", data=FILLED)
    ann.get(f"/reviews/{review}")
    page = ann.get(ann.get("/projects/desk/review").location)

    told = " ".join(f"{values} {found}" for (_part, _look, values), found in kept.items())
    people = {option.text for option in page.page.all("option") if len(option.get("value")) == 12}
    assert people
    assert not {word for word in ("Wallaby", *people) if word in told}


def test_a_part_that_stands_twice_on_a_page_is_made_once_and_not_kept_for_the_next(app):
    made = []

    def part(words):
        made.append(words)
        return f"<b>{words}</b>"

    with app.test_request_context("/"):
        said = [once(part, "a"), once(part, "a"), once(part, "b")]
    with app.test_request_context("/"):
        once(part, "a")

    assert said == ["<b>a</b>", "<b>a</b>", "<b>b</b>"]
    assert made == ["a", "b", "a"]
