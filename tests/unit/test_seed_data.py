"""The demonstration data is consistent in itself; no part of the application is needed to say so."""

import json
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cases import in_turn

SEED = Path(__file__).resolve().parents[2] / "seed_data"
CONTENT = {"true", "mostly-true", "half-true", "mostly-false", "false", "unproven", "not-a-claim"}
ATTRIBUTION = {
    "confirmed",
    "reported-only",
    "misquoted",
    "out-of-context",
    "said-by-other",
    "no-record",
    "cannot-tell",
}
ROLES = {"editor", "reviewer", "adjudicator", "viewer"}
PUBLIC_HOSTS = {
    "climate.copernicus.eu",
    "company.sbb.ch",
    "ec.europa.eu",
    "ember-energy.org",
    "energy.ec.europa.eu",
    "energyandcleanair.org",
    "eur-lex.europa.eu",
    "unfccc.int",
    "wmo.int",
    "www.bundesnetzagentur.de",
    "www.consilium.europa.eu",
    "www.deutschebahn.com",
    "www.energy-charts.info",
    "www.ipcc.ch",
    "www.irena.org",
    "www.smard.de",
    "www.umweltbundesamt.de",
    "www.who.int",
    "www.worldbank.org",
}


def load(name):
    return json.loads((SEED / name).read_text(encoding="utf-8"))


def key(row):
    return row["project"], row["article"], row["quote"]


def label(row):
    return f"{row['article']}: {row['quote'][:40]}"


PEOPLE = load("people.json")
PROJECTS = {project["slug"]: project for project in load("projects.json")}
ARTICLES = {path.stem: load(f"articles/{path.name}") for path in (SEED / "articles").glob("*.json")}
CLAIMS = load("claims.json")
CHECKS = load("checks.json")
RULINGS = load("rulings.json")
RETURNED = load("returned.json")
PICKED = {key(claim): claim for claim in CLAIMS if claim["do"] == "pick"}
CHECKS_OF = defaultdict(list)
for row in CHECKS:
    CHECKS_OF[key(row)].append(row)


def text_of(slug):
    return "\n\n".join(ARTICLES[slug]["paragraphs"])


def roles(project, email):
    return {m["email"]: set(m["roles"]) for m in PROJECTS[project]["members"]}.get(email, set())


def agreed(checks):
    return len({(c["verdict"], c["attribution_verdict"]) for c in checks}) == 1


def url_is_fine(url):
    parts = urlsplit(url)
    host = parts.hostname or ""
    return parts.scheme == "https" and (host.endswith(".example") or host in PUBLIC_HOSTS)


@in_turn("path", sorted(SEED.rglob("*.json")))
def test_files_are_written_readably(path):
    raw = path.read_text(encoding="utf-8")
    assert raw == json.dumps(json.loads(raw), ensure_ascii=False, indent=2) + "\n"


def test_three_people_one_of_them_admin_and_no_passwords():
    assert len(PEOPLE) == 3
    assert [person["email"] for person in PEOPLE if person["admin"]] == ["maria@desk.example"]
    assert all(set(person) == {"email", "name", "admin"} for person in PEOPLE)
    assert len({person["email"] for person in PEOPLE}) == 3


def test_two_projects_decide_in_two_ways():
    assert {slug: (p["decides"], p["reviews"]) for slug, p in PROJECTS.items()} == {
        "desk": ("signoff", 1),
        "energy-dataset": ("independent", 2),
    }


@pytest.mark.parametrize("project", PROJECTS.values(), ids=PROJECTS.keys())
def test_project_has_guidelines_and_members(project):
    assert 10 <= len(project["guidelines"].splitlines()) <= 25
    assert project["scheme"] == "desk-7"
    assert {m["email"] for m in project["members"]} == {person["email"] for person in PEOPLE}
    assert all(m["roles"] and set(m["roles"]) <= ROLES for m in project["members"])


def test_enough_articles_of_each_project():
    counts = Counter(article["project"] for article in ARTICLES.values())
    assert len(ARTICLES) >= 6
    assert counts["desk"] >= 4
    assert counts["energy-dataset"] >= 3
    assert set(counts) == set(PROJECTS)
    assert len({article["url"] for article in ARTICLES.values()}) == len(ARTICLES)


@in_turn("slug", sorted(ARTICLES))
def test_article_is_complete(slug):
    article = ARTICLES[slug]
    words = len(text_of(slug).split())
    assert (200 if article["language"] == "de" else 250) <= words <= 500
    assert (urlsplit(article["url"]).hostname or "").endswith(".example")
    assert all(article[name] for name in ("title", "publisher", "author", "published"))
    assert all(p == " ".join(p.split()) and p for p in article["paragraphs"])
    assert not set("\"'") & set(text_of(slug) + article["title"]), "typographic quotes, please"


def test_claims_are_picked_and_dropped():
    assert len({key(claim) for claim in CLAIMS}) == len(CLAIMS)
    assert {claim["do"] for claim in CLAIMS} == {"pick", "drop"}
    assert {claim["project"] for claim in PICKED.values()} == set(PROJECTS)
    assert any(not claim["chain"] for claim in PICKED.values())
    assert any(len(claim["chain"]) >= 3 for claim in PICKED.values())


@in_turn("claim", CLAIMS)
def test_claim_stands_in_its_article(claim):
    text = text_of(claim["article"])
    assert ARTICLES[claim["article"]]["project"] == claim["project"]
    assert text.count(claim["quote"]) == 1
    assert claim["text"].endswith(".")
    assert claim["priority"] in range(4)
    for hop in claim["chain"]:
        assert hop["cue"] in text
        assert hop["agent"] != ARTICLES[claim["article"]]["publisher"]
        assert hop["mode"] in {"direct", "paraphrase", "document"}
        assert hop["kind"] in {"person", "organisation", "document", "unnamed"}
        assert hop["named"] is (hop["kind"] != "unnamed")


@in_turn("claim", CLAIMS)
def test_picked_claims_do_not_overlap(claim):
    start = text_of(claim["article"]).index(claim["quote"])
    end = start + len(claim["quote"])
    for other in CLAIMS:
        if other is not claim and other["article"] == claim["article"]:
            at = text_of(other["article"]).index(other["quote"])
            assert end <= at or at + len(other["quote"]) <= start


@in_turn("check", CHECKS)
def test_check_belongs_to_a_picked_claim_and_a_reviewer(check):
    claim = PICKED[key(check)]
    assert "reviewer" in roles(check["project"], check["reviewer"])
    assert check["verdict"] in CONTENT
    assert (check["attribution_verdict"] in ATTRIBUTION) is bool(claim["chain"])
    assert (check["attribution_verdict"] is None) is (not claim["chain"])
    assert check["confidence"] in {"low", "medium", "high"}
    assert check["rationale"]
    assert check["sources"]


@in_turn("check", CHECKS)
def test_sources_of_a_check(check):
    for source in check["sources"]:
        url = source["url"]
        assert source["kind"] in {"web", "document", "person", "calculation"}
        assert url is None or url_is_fine(url)
        assert url or source["kind"] in {"person", "calculation"}
        assert source["stance"] in {"supports", "refutes", "context"}
        assert source["answers"] in {"said", "so", "both"}
        assert source["title"]
        assert source["locator"]
        if PICKED[key(check)]["chain"] == []:
            assert source["answers"] == "so"
        if url and urlsplit(url).hostname in PUBLIC_HOSTS:
            assert source["quote"] == "", "no words are put into a real institution's mouth"


def test_each_claim_is_checked_as_its_project_asks():
    for (project, _, _), checks in CHECKS_OF.items():
        assert len({c["reviewer"] for c in checks}) == len(checks) <= PROJECTS[project]["reviews"]
    desk = [checks for (project, *_), checks in CHECKS_OF.items() if project == "desk"]
    both = [checks for checks in CHECKS_OF.values() if len(checks) == 2]
    alone = [k for k, c in CHECKS_OF.items() if k[0] == "energy-dataset" and len(c) == 1]
    assert len(desk) == 6
    assert Counter(agreed(checks) for checks in both) == {True: 4, False: 3}
    assert len(alone) == 2


@in_turn("ruling", RULINGS)
def test_ruling_follows_from_its_checks(ruling):
    checks = CHECKS_OF[key(ruling)]
    pair = (ruling["verdict"], ruling["attribution_verdict"])
    assert pair in {(c["verdict"], c["attribution_verdict"]) for c in checks}
    assert "adjudicator" in roles(ruling["project"], ruling["by"])
    assert ruling["by"] not in {c["reviewer"] for c in checks}
    assert 0 < len(ruling["short_text"]) <= 75
    assert ruling["conclusion"]
    if PROJECTS[ruling["project"]]["decides"] == "signoff":
        assert ruling["decided_by"] == "signoff"
        assert len(checks) == 1
    else:
        assert ruling["decided_by"] == "adjudication"
        assert len(checks) == 2
        assert not agreed(checks)


AROUND = [
    (name, row) for name in ("replies", "comments", "publications") for row in load(f"{name}.json")
]


@in_turn(("name", "row"), AROUND)
def test_what_happens_around_a_claim_is_done_by_somebody_who_may(name, row):
    assert key(row) in PICKED
    held = roles(row["project"], row["by"])
    assert held & ({"editor", "adjudicator"} if name == "publications" else ROLES - {"viewer"})


def test_what_is_published_is_settled_and_on_the_publishers_site():
    settled = {key(ruling) for ruling in RULINGS}
    for row in load("publications.json"):
        assert key(row) in settled
        assert row["url"].startswith(PROJECTS[row["project"]]["publisher"]["url"])


def test_something_is_left_to_do():
    settled = {key(ruling) for ruling in RULINGS}
    returned = {key(row) for row in RETURNED}
    assert Counter(project for project, *_ in settled) == {"desk": 3, "energy-dataset": 1}
    assert returned <= set(CHECKS_OF)
    assert not settled & returned
    assert all(row["question"].count("?") for row in RETURNED)
    for slug in PROJECTS:
        unchecked = [k for k in PICKED if k[0] == slug and k not in CHECKS_OF]
        assert unchecked, f"{slug} has nothing left to check"


def test_readme_names_every_file():
    readme = (SEED / "README.md").read_text(encoding="utf-8")
    assert "CC0-1.0" in readme
    for path in SEED.glob("*.json"):
        assert f"`{path.name}`" in readme
