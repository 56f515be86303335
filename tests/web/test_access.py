"""Who may open what: every address of the desk, for everybody there is, in one table."""

import re

import pytest

from app.auth.guard import leave_of
from tests.web.world import PEOPLE, World

# The letters are those of ``PEOPLE``; "all" is anybody at all. Who is not named is refused.
SIGNED_IN, MEMBERS, EDITORS, LEADS, CHECKERS, ADMINS = "VRJEAS", "VRJEA", "EA", "JEA", "RA", "A"
WORKERS = "RJEA"
TABLE = {
    "GET /": SIGNED_IN,
    "GET /account": SIGNED_IN,
    "POST /account/end-sessions": SIGNED_IN,
    "POST /account/mail": SIGNED_IN,
    "GET /account/bookmarklet": SIGNED_IN,
    "GET /account/keys": SIGNED_IN,
    "POST /account/keys": SIGNED_IN,
    "POST /account/language": SIGNED_IN,
    "POST /account/name": SIGNED_IN,
    "GET /account/password": SIGNED_IN,
    "POST /account/password": SIGNED_IN,
    "GET /articles/<article_id>": MEMBERS,
    "POST /articles/<article_id>": EDITORS,
    "GET /agents/<agent_id>": EDITORS,
    "POST /agents/<agent_id>": EDITORS,
    "POST /agents/<agent_id>/merge": EDITORS,
    "GET /projects/<slug>/agents": MEMBERS,
    "GET /claims/<claim_id>": MEMBERS,
    "GET /claims/<claim_id>/claimreview.json": MEMBERS,
    "GET /claims/<claim_id>/copy": MEMBERS,
    "GET /claims/<claim_id>/copy.html": MEMBERS,
    "GET /claims/<claim_id>/copy.md": MEMBERS,
    "GET /claims/<claim_id>/correction": LEADS,
    "POST /claims/<claim_id>/correction": LEADS,
    "POST /claims/<claim_id>/comments": WORKERS,
    "POST /claims/<claim_id>/questions": WORKERS,
    "GET /claims/<claim_id>/edit": EDITORS,
    "POST /claims/<claim_id>/edit": EDITORS,
    "POST /claims/<claim_id>/no-more-checks": EDITORS,
    "POST /claims/<claim_id>/pick": EDITORS,
    "GET /claims/<claim_id>/known-answer": EDITORS,
    "POST /claims/<claim_id>/known-answer": EDITORS,
    "GET /projects/<slug>/known-answers": EDITORS,
    "POST /projects/<slug>/known-answers": EDITORS,
    "GET /reviews/<review_id>/explained": "R",
    "GET /claims/<claim_id>/settle": LEADS,
    "POST /claims/<claim_id>/settle": LEADS,
    "GET /claims/<claim_id>/publish": LEADS,
    "POST /claims/<claim_id>/publish": LEADS,
    "POST /publications/<publication_id>/retire": LEADS,
    "GET /projects/<slug>/publications": MEMBERS,
    "GET /articles/<article_id>/claimants": EDITORS,
    "POST /articles/<article_id>/extractions": EDITORS,
    "POST /articles/<article_id>/claimants": EDITORS,
    "GET /articles/<article_id>/sentences": EDITORS,
    "GET /articles/<article_id>/text": EDITORS,
    "POST /articles/<article_id>/text": EDITORS,
    "GET /articles/<article_id>/words": EDITORS,
    "POST /articles/<article_id>/words": EDITORS,
    "GET /claims/<claim_id>/cover": LEADS,
    "POST /claims/<claim_id>/cover": LEADS,
    "GET /claims/<claim_id>/ends": EDITORS,
    "GET /claims/<claim_id>/same": EDITORS,
    "POST /claims/<claim_id>/same": EDITORS,
    "POST /claims/<claim_id>/ends": EDITORS,
    "POST /claims/<claim_id>/place": EDITORS,
    "GET /claims/<claim_id>/merge": EDITORS,
    "POST /claims/<claim_id>/merge": EDITORS,
    "GET /claims/<claim_id>/split": EDITORS,
    "POST /claims/<claim_id>/split": EDITORS,
    "GET /claims/<claim_id>/translation": EDITORS,
    "POST /claims/<claim_id>/translation": EDITORS,
    "GET /claims/<claim_id>/plan": EDITORS,
    "POST /claims/<claim_id>/plan": EDITORS,
    "GET /claims/<claim_id>/replies": MEMBERS,
    "POST /claims/<claim_id>/replies": WORKERS,
    "POST /claims/<claim_id>/take": CHECKERS,
    "GET /projects/<slug>/replies": MEMBERS,
    "GET /replies/<reply_id>": MEMBERS,
    "POST /replies/<reply_id>": WORKERS,
    "POST /claims/<claim_id>/unblind": LEADS,
    "GET /comments/<comment_id>": MEMBERS,
    "POST /comments/<comment_id>/reopen": LEADS,
    "POST /comments/<comment_id>/replies": WORKERS,
    "POST /comments/<comment_id>/resolve": LEADS,
    "POST /filters/<filter_id>/retire": LEADS,
    "GET /keys": SIGNED_IN,
    "GET /links/<token>": "all",
    "POST /links/<token>": "all",
    "GET /notices": SIGNED_IN,
    "POST /notices/<notice_id>": "R",
    "POST /notices/read": SIGNED_IN,
    "GET /people": ADMINS,
    "POST /people": ADMINS,
    "GET /people/<person_id>": ADMINS,
    "POST /people/<person_id>": ADMINS,
    "POST /people/<person_id>/deactivate": ADMINS,
    "POST /people/<person_id>/end-sessions": ADMINS,
    "POST /people/<person_id>/link": ADMINS,
    "POST /people/<person_id>/reactivate": ADMINS,
    "POST /people/<person_id>/roles": ADMINS,
    "GET /people/new": ADMINS,
    "GET /projects/<slug>/": MEMBERS,
    "GET /projects/<slug>/agreement": MEMBERS,
    "GET /projects/<slug>/weights": EDITORS,
    "GET /projects/<slug>/weights/compared": EDITORS,
    "POST /projects/<slug>/weights": EDITORS,
    "POST /projects/<slug>/weights/compared": EDITORS,
    "POST /projects/<slug>/weights/use": EDITORS,
    "GET /projects/<slug>/articles": MEMBERS,
    "GET /projects/<slug>/articles/new": EDITORS,
    "POST /projects/<slug>/articles/new": EDITORS,
    "GET /batches/<batch_id>": MEMBERS,
    "POST /batches/<batch_id>": EDITORS,
    "GET /projects/<slug>/rounds": MEMBERS,
    "GET /projects/<slug>/rounds/new": EDITORS,
    "POST /projects/<slug>/rounds/new": EDITORS,
    "GET /projects/<slug>/batches": MEMBERS,
    "POST /projects/<slug>/batches": EDITORS,
    "GET /projects/<slug>/claims": MEMBERS,
    "GET /projects/<slug>/claims/act": EDITORS,
    "POST /projects/<slug>/claims/act": EDITORS,
    "POST /projects/<slug>/claims/share": EDITORS,
    "GET /projects/<slug>/claims/left": EDITORS,
    "GET /projects/<slug>/claims/new": EDITORS,
    "POST /projects/<slug>/claims/new": EDITORS,
    "GET /projects/<slug>/comments": MEMBERS,
    "GET /projects/<slug>/exports/": MEMBERS,
    "GET /projects/<slug>/exports/<name>": MEMBERS,
    "GET /projects/<slug>/exports/release.zip": EDITORS,
    "GET /projects/<slug>/exports/copies.warc.gz": LEADS,
    "GET /projects/<slug>/exports/copies.wacz": LEADS,
    "POST /projects/<slug>/filters": MEMBERS,
    "GET /projects/<slug>/gates": EDITORS,
    "POST /projects/<slug>/gates": EDITORS,
    "GET /projects/<slug>/guidelines": MEMBERS,
    "POST /projects/<slug>/guidelines": EDITORS,
    "GET /projects/<slug>/guidelines/checks": LEADS,
    "GET /projects/<slug>/guidelines/edit": EDITORS,
    "GET /intakes/<intake_id>": EDITORS,
    "POST /intakes/<intake_id>/retry": EDITORS,
    "GET /projects/<slug>/intakes": EDITORS,
    "POST /projects/<slug>/intakes": EDITORS,
    "GET /projects/<slug>/imports": EDITORS,
    "POST /projects/<slug>/imports": EDITORS,
    "POST /projects/<slug>/members": ADMINS,
    "POST /projects/<slug>/members/<person_id>": ADMINS,
    "GET /projects/<slug>/interests": WORKERS,
    "POST /projects/<slug>/interests": WORKERS,
    "POST /projects/<slug>/interests/retire": EDITORS,
    "GET /projects/<slug>/people": MEMBERS,
    "GET /projects/<slug>/pick": EDITORS,
    "GET /projects/<slug>/pick/again": EDITORS,
    "GET /projects/<slug>/pick/differences": EDITORS,
    "POST /claims/<claim_id>/pick/again": EDITORS,
    "GET /projects/<slug>/report": LEADS,
    "GET /projects/<slug>/report.csv": LEADS,
    "GET /projects/<slug>/review": CHECKERS,
    "POST /projects/<slug>/review": CHECKERS,
    "GET /projects/<slug>/reviews": MEMBERS,
    "GET /projects/<slug>/scales": EDITORS,
    "GET /projects/<slug>/scales/change": EDITORS,
    "POST /projects/<slug>/scales/change": EDITORS,
    "GET /projects/<slug>/scales/new": EDITORS,
    "POST /projects/<slug>/scales/new": EDITORS,
    "POST /projects/<slug>/scales/use": EDITORS,
    "GET /projects/<slug>/settings": EDITORS,
    "POST /projects/<slug>/settings": EDITORS,
    "GET /projects/<slug>/settle": LEADS,
    "GET /projects/<slug>/settle/unanimous": LEADS,
    "POST /projects/<slug>/settle/unanimous": LEADS,
    "GET /projects/new": ADMINS,
    "POST /projects/new": ADMINS,
    "GET /reviews/<review_id>": "R",
    "POST /reviews/<review_id>": "R",
    "POST /reviews/<review_id>/draft": "R",
    "POST /reviews/<review_id>/take-back": LEADS,
    "GET /sign-in": "all",
    "POST /sign-in": "all",
    "POST /sign-out": "all",
    "GET /sources/new": SIGNED_IN,
    "POST /sources/new": SIGNED_IN,
    "GET /copies/<copy_id>": LEADS,
    "GET /copies/<copy_id>/warc": LEADS,
    "GET /sources/<source_id>/copies": LEADS,
    "POST /sources/<source_id>/copies": LEADS,
    "GET /projects/<slug>/sources": MEMBERS,
    "POST /projects/<slug>/sources/origin": EDITORS,
    "GET /sources/<source_id>": LEADS,
    "POST /sources/<source_id>": EDITORS,
    "POST /sources/<source_id>/findings": EDITORS,
    "GET /projects/<slug>/flags": LEADS,
    "GET /flags/<flag_id>": LEADS,
    "POST /flags/<flag_id>": LEADS,
    "GET /static/<path:filename>": "all",
}
# A check is its writer's alone: to other members there is none, whatever they may do.
HIDDEN = {
    "POST /notices/<notice_id>": "VJEAS",
    "GET /reviews/<review_id>": "VJEA",
    "GET /reviews/<review_id>/explained": "A",
    "POST /reviews/<review_id>": "A",
    "POST /reviews/<review_id>/draft": "A",
    # Used in a check that is not shown before the claim is settled.
    "GET /copies/<copy_id>": "VR",
    "GET /copies/<copy_id>/warc": "VR",
    "GET /sources/<source_id>/copies": "VR",
    "POST /sources/<source_id>/copies": "R",
    "GET /sources/<source_id>": "VR",
}
# A form without anything in it is refused for what is missing in it; that is not the wall.
LET_IN = {200, 204, 303, 400, 409, 415, 422}
OUT_OF_PROJECT = re.compile(r"/projects/<slug>|<(?!person)[a-z]+_id>")


def rules(app):
    return sorted(
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    )


@pytest.fixture
def world(database, app):
    return World(database, app)


def test_every_address_says_what_leave_it_needs_and_is_in_the_table(app):
    assert rules(app) == sorted(TABLE)
    unmarked = [r.rule for r in app.url_map.iter_rules() if leave_of(app, r.endpoint) is None]
    assert unmarked == []


def test_no_address_that_is_only_read_takes_anything_else(app):
    for rule in app.url_map.iter_rules():
        methods = rule.methods - {"HEAD", "OPTIONS"}
        assert methods in ({"GET"}, {"POST"}), rule.rule


def expected(who: str, line: str) -> set[int]:
    allowed = TABLE[line]
    if allowed == "all" or who in allowed:
        return LET_IN | ({404} if "<token>" in line else set())
    if who in HIDDEN.get(line, "") or (who == "S" and OUT_OF_PROJECT.search(line)):
        # Somebody who may manage no people learns that first, of a project they know or not.
        return {404}
    return {403}


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_is_let_in_where_the_table_says_so_and_nowhere_else(world, who):
    wrong = {}
    # What ends sessions or people comes last.
    for line in sorted(TABLE, key=lambda line: (line.startswith("POST"), "end-" in line)):
        status = world.ask(who, line).status_code
        if status not in expected(who, line):
            wrong[line] = status
    assert wrong == {}


def test_a_stranger_to_the_desk_is_sent_to_sign_in_and_nothing_is_done(world):
    before = world.scene.state()
    for line, allowed in TABLE.items():
        answer = world.ask("", line)
        if allowed == "all":
            assert answer.status_code in LET_IN | {404}, line
        elif line.startswith("GET"):
            assert (answer.status_code, answer.location.split("?")[0]) == (303, "/sign-in"), line
        else:
            assert answer.status_code == 401, line
    assert world.scene.state() == before


def test_the_refused_change_nothing(world):
    before = world.scene.state()
    for who in PEOPLE:
        for line in TABLE:
            if line.startswith("POST") and expected(who, line) <= {403, 404}:
                world.ask(who, line)
    assert world.scene.state() == before
