"""People, projects, imports and exports from the command line."""

import csv
import io
import json
import re
import shutil
import zipfile
from dataclasses import replace

import pytest
from click.testing import CliRunner

from app.auth.passwords import is_password
from app.cli import main
from app.domain.actors import CONSOLE
from app.domain.words import Decides, Role
from app.exporters import wacz, warc
from app.storage import people, projects
from app.storage.session import Database
from tests.unit.exporters.finding_samples import FINDING

LINK = re.compile(r"http://127\.0\.0\.1:5000/links/[\w-]{43}\n")
GOOD = "correct horse battery"
ARTICLE = (
    "Town sells its bus company\n\n"
    "The council sold the bus company for 1.2 million euros in March, the mayor said on Monday.\n"
)


@pytest.fixture
def desk(tmp_path, monkeypatch, migrated):
    """A desk with one project, as the command line finds it."""
    for name in ("ASSAY_DATABASE_URL", "ASSAY_PORT", "ASSAY_URL"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "desk"
    folder.mkdir()
    shutil.copy(migrated, folder / "assay.db")
    monkeypatch.setenv("ASSAY_INSTANCE", str(folder))
    run("project", "add", "budget", "--title", "The budget")
    database = Database(f"sqlite:///{folder / 'assay.db'}")
    yield database
    database.dispose()


def run(*words, **kwargs):
    return CliRunner().invoke(main, [str(word) for word in words], **kwargs)


def project_of(desk, slug="budget"):
    with desk.reading() as session:
        return projects.by_slug(session, CONSOLE, slug)


def person_of(desk, email):
    with desk.reading() as session:
        return people.by_email(session, email)


def roles_of(desk, email):
    person = person_of(desk, email)
    with desk.reading() as session:
        held = people.roles_by_project(session, CONSOLE, person.public_id)
    return {project.slug: project.roles for project in held}


# projects


def test_a_project_of_the_command_line_wants_two_independent_checks(desk):
    project = project_of(desk)

    assert (project.decides, project.reviews_wanted) == (Decides.INDEPENDENT, 2)


def test_a_project_asks_for_questions_only_if_it_is_said(desk):
    assert not project_of(desk).asks_questions

    result = run("project", "add", "asking", "--title", "It asks", "--asks-questions")

    assert result.exit_code == 0
    assert project_of(desk, "asking").asks_questions


def test_a_project_is_what_its_options_say(desk):
    options = ["--decides", "signoff", "--scheme", "fever-3", "--open-from", "0.5"]
    result = run("project", "add", "desk", "--title", "The desk", *options)

    project = project_of(desk, "desk")
    assert result.exit_code == 0
    assert (project.decides, project.reviews_wanted, project.open_from) == ("signoff", 1, 0.5)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["budget", "--title", "Again"], "Another project has this short name"),
        (["Über", "--title", "Umlaut"], "small letters, digits and single hyphens"),
        (["x", "--title", "X", "--scheme", "stars"], "no such scale"),
        (["x", "--title", "X", "--reviews", "99"], "from 1 to 20"),
        (["x", "--title", "X", "--reviews", "0"], "from 1 to 20"),
        (["x", "--title", "X", "--decides", "single", "--reviews", "2"], "Only independent"),
        (["x", "--title", "X", "--open-from", "7"], "from 0 to 1"),
        (["x", "--title", "X", "--open-from", "nan"], "from 0 to 1"),
        (["x", "--title", " "], "a title"),
    ],
)
def test_a_project_that_cannot_be_is_refused_in_one_sentence(desk, words, said):
    result = run("project", "add", *words)

    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


# people


def test_a_new_person_gets_a_link_that_signs_in_once(desk):
    result = run("user", "add", "Ada@Desk.example", "--role", "reviewer", "--project", "budget")

    assert result.exit_code == 0
    assert LINK.fullmatch(result.stdout)
    assert "ada@desk.example is reviewer in budget" in result.stderr
    assert roles_of(desk, "ada@desk.example") == {"budget": {Role.REVIEWER}}


def test_adding_again_adds_the_role(desk):
    for role in ("reviewer", "editor", "editor"):
        assert (
            run("user", "add", "a@b.example", "--role", role, "--project", "budget").exit_code == 0
        )

    assert roles_of(desk, "a@b.example") == {"budget": {Role.REVIEWER, Role.EDITOR}}


def test_an_admin_needs_no_project(desk):
    result = run("user", "add", "ada@desk.example", "--role", "admin", "--name", "Ada L.")

    person = person_of(desk, "ada@desk.example")
    assert result.exit_code == 0
    assert (person.is_admin, person.name) == (True, "Ada L.")


def test_somebody_who_is_here_can_become_an_admin(desk):
    run("user", "add", "a@b.example", "--role", "viewer", "--project", "budget")
    run("user", "add", "a@b.example", "--role", "admin")

    assert person_of(desk, "a@b.example").is_admin


def test_a_password_comes_from_standard_input_and_then_there_is_no_link(desk):
    words = ["user", "add", "a@b.example", "--role", "admin", "--password-stdin"]
    result = run(*words, input=GOOD + "\n")

    with desk.reading() as session:
        _person, stored = people.password_of(session, "a@b.example")
    assert (result.exit_code, result.stdout) == (0, "")
    assert is_password(stored, GOOD)


def test_a_weak_password_leaves_nobody_behind(desk):
    words = ["user", "add", "a@b.example", "--role", "admin", "--password-stdin"]
    result = run(*words, input="short\n")

    assert result.exit_code == 1
    assert "at least 12 characters" in result.stderr
    assert person_of(desk, "a@b.example") is None


def test_a_role_without_its_project_is_a_usage_error_with_a_hint(desk):
    result = run("user", "add", "a@b.example", "--role", "editor")

    assert result.exit_code == 2
    assert "add --project SLUG" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "nobody", "--role", "admin"], "an e-mail address such as"),
        (["add", "a@b.example", "--role", "editor", "--project", "none"], "no such project"),
        (["link", "a@b.example"], "no such person"),
    ],
)
def test_a_person_that_cannot_be_is_refused_and_not_added(desk, words, said):
    result = run("user", *words)

    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert person_of(desk, "a@b.example") is None


def test_a_link_stands_under_the_public_address(desk, monkeypatch):
    run("user", "add", "a@b.example", "--role", "admin")
    monkeypatch.setenv("ASSAY_URL", "https://desk.example.org")

    result = run("user", "link", "A@b.example")

    assert result.stdout.startswith("https://desk.example.org/links/")


# files in and out


def exported(name="verdicts.csv", *options):
    result = run("export", "--project", "budget", "--format", name, *options)
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline="")))


def test_an_article_comes_in_with_its_claims_and_goes_out_as_csv(desk, tmp_path):
    file = tmp_path / "bus.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    words = ["--project", "budget", "--title", "Bus sold", "--date", "2025-03"]

    result = run("import", file, *words, "--publisher", "Post")

    rows = exported()
    assert result.exit_code == 0
    assert re.fullmatch(r"[a-z2-7]{12}\n", result.stdout)
    assert {row["article_title"] for row in rows} == {"Bus sold"}
    assert {row["article_published"] for row in rows} == {"2025-03"}
    assert {row["status"] for row in rows} == {"candidate"}
    assert any("1.2 million euros" in row["claim"] for row in rows)


def test_the_same_article_again_is_the_same_article_and_says_so(desk, tmp_path):
    file = tmp_path / "bus.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    first = run("import", file, "--project", "budget")

    second = run("import", file, "--project", "budget")

    assert second.stdout == first.stdout
    assert "here already" in second.stderr


def test_claims_come_in_from_a_table_open_to_be_checked(desk, tmp_path):
    file = tmp_path / "claims.csv"
    file.write_text("claim,external_id,mood\nThe bus was sold.,a-1,glad\n", encoding="utf-8")

    first, second = (run("import", file, "--project", "budget") for _ in range(2))

    assert "Columns not taken in: mood" in first.stderr
    assert "1 claim taken in, 0 were here already." in first.stderr
    assert "0 claims taken in, 1 was here already." in second.stderr
    assert [(row["claim"], row["status"]) for row in exported()] == [("The bus was sold.", "open")]


def test_quotes_whose_text_is_not_here_are_told_with_their_lines(desk, tmp_path):
    file = tmp_path / "claims.csv"
    file.write_text("claim,quote\n" + "One,It rained\n" * 7, encoding="utf-8")

    told = run("import", file, "--project", "budget").stderr

    assert "7 quotes stand in no text that is here" in told
    assert "(lines 2, 3, 4, 5, 6, …)" in told


def test_claims_come_into_a_batch_by_name_which_is_said_when_it_is_made(desk, tmp_path):
    table, article = tmp_path / "claims.csv", tmp_path / "news.txt"
    table.write_text("claim\nOne\n")
    article.write_text(ARTICLE)
    options = ["--project", "budget", "--batch", "Pilot 1"]
    first, second = run("import", table, *options), run("import", article, *options)

    assert "The batch “Pilot 1” was made." in first.stderr
    assert "was made" not in second.stderr
    words = ["--format", "batches.csv", "--batch", "Pilot 1"]
    out = run("export", "--project", "budget", *words).stdout
    found = list(csv.DictReader(io.StringIO(out)))
    assert len(found) > 1
    assert {row["batch"] for row in found} == {"Pilot 1"}
    assert run("export", "--project", "budget", *words[:-1], "No such").exit_code == 1


def test_a_bad_row_names_file_line_and_column_and_nothing_comes_in(desk, tmp_path):
    file = tmp_path / "claims.csv"
    file.write_text("claim,said_on\nThe bus was sold.,2025\nIt ran.,soon\n", encoding="utf-8")

    result = run("import", file, "--project", "budget")

    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{file}: Line 3, column said_on: “soon” is not a date" in result.stderr
    assert exported() == []


def test_an_export_can_be_of_just_what_a_list_would_find(desk, tmp_path):
    file = tmp_path / "claims.csv"
    lines = "The bus was sold.,EU; town,2031-02-03\nIt ran.,town,\nIt rang.,,\n"
    file.write_text(f"claim,tags,due_at\n{lines}", encoding="utf-8")
    assert run("import", file, "--project", "budget").exit_code == 0

    def found(*options):
        return [row["claim"] for row in exported("verdicts.csv", *options)]

    assert found("--tag", "town") == ["The bus was sold.", "It ran."]
    assert found("--tag", "town", "--due", "none") == ["It ran."]
    assert found("--day", "2031-02-03", "--state", "to-do") == ["The bus was sold."]
    assert found("--text", "ran", "--state", "settled") == []


def test_what_an_export_leaves_out_is_said_beside_it(desk, monkeypatch):
    bare = replace(FINDING, publisher_name=None)
    monkeypatch.setattr(
        "app.cli.exports.published_findings", lambda *_, **__: iter([FINDING, bare])
    )

    result = run("export", "--project", "budget", "--format", "claimreview.jsonl")

    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 1)
    assert f"left out: {bare.claim_id}: Write the desk’s name" in result.stderr


@pytest.mark.parametrize("name", ["copies.warc.gz", "copies.wacz"])
def test_saved_copies_are_written_whole(desk, tmp_path, name):
    target, words = tmp_path / name, ["export", "--project", "budget", "--format", name]

    result = run(*words, "-o", target)

    assert (result.exit_code, result.stdout) == (0, "")
    faults = wacz.faults if name.endswith("wacz") else warc.faults
    with target.open("rb") as file:
        assert faults(file) == []
    assert run(*words, "--names").exit_code == 2
    assert run(*words, "--state", "settled").exit_code == 2


def test_a_release_is_written_whole_with_a_manifest(desk, tmp_path):
    (tmp_path / "claims.csv").write_text("claim\nOne\nTwo\n")
    run("import", tmp_path / "claims.csv", "--project", "budget", "--batch", "Pilot 1")
    target, words = tmp_path / "out.zip", ["export", "--project", "budget", "--format"]

    result = run(*words, "release.zip", "--with-pilots", "-o", target)

    assert (result.exit_code, result.stdout) == (0, "")
    with zipfile.ZipFile(target) as archive:
        claims = json.loads(archive.read("manifest.json"))["claims"]
    assert (claims["all"], claims["included"]) == (2, 0)
    assert [(one["reason"], one["count"]) for one in claims["left_out"]] == [("to-check", 2)]
    on_screen = run(*words, "release.zip", "--with-pilots").stdout_bytes
    assert on_screen == target.read_bytes()
    assert run(*words, "release.zip", "--names").exit_code == 2
    assert run(*words, "verdicts.csv", "--with-pilots").exit_code == 2


def test_an_export_to_a_file_is_whole_or_not_there(desk, tmp_path):
    target = tmp_path / "out.csv"
    result = run("export", "--project", "budget", "--format", "verdicts.csv", "-o", target)

    assert (result.exit_code, result.stdout) == (0, "")
    assert target.read_bytes().startswith(b"claim_id,project,")
    assert target.read_bytes().endswith(b"\r\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["desk", "out.csv"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--project", "none", "--format", "verdicts.csv"], "no such project"),
        (
            ["--project", "budget", "--format", "x.csv"],
            "no format called x.csv; there are verdicts",
        ),
        (["--project", "budget", "--format", "x.csv"], "release.zip, copies.warc.gz, copies.wacz."),
        (["--project", "budget", "--format", "verdicts.csv", "-o", "/none/x"], "cannot be written"),
        (
            ["--project", "budget", "--format", "verdicts.csv", "--state", "gone"],
            "--state: nothing here is called “gone”",
        ),
    ],
)
def test_an_export_that_cannot_be_is_refused(desk, words, said):
    result = run("export", *words)

    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
