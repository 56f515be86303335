"""Known answers on the page: set by editors, learnt from by checkers, told from others by nobody."""

import re

import pytest
from sqlmodel import Session

from app.domain.actors import CONSOLE
from app.domain.words import GoldUse, Role
from app.exporters.registry import EXPORTERS
from app.storage.tables import GoldAnswer, Person, Project
from app.workflow import gold
from app.workflow.gold import GoldValues
from tests.scenes import LEADS, Scene
from tests.web.test_blindness import plain

PAGE = "/projects/desk/known-answers"
QUERIES = (
    "state=to-do",
    "state=mine-done",
    "state=waiting",
    "person=me",
    "person=not-me",
    "sort=due",
)


@pytest.fixture
def scene(database):
    return Scene(database)


def known(scene, use=GoldUse.GOLD, text="", verdict="false"):
    claim_id = scene.claim(text)
    values = GoldValues(use=use, verdict=verdict, explanation="The tables say so.")
    scene.do(gold.set_gold, CONSOLE, claim_id, values=values)
    return claim_id


def mixed(scene, every=1):
    scene.change(Project, scene.project.public_id, gold_every=every)


def address(claim_id):
    return f"/claims/{claim_id}/known-answer"


def test_an_editor_sets_one_from_the_page_of_a_claim(scene, client_of):
    claim_id = scene.claim(said_by="A minister")
    client = client_of(scene.person("Lea", *LEADS))
    page = client.get(f"/claims/{claim_id}").page
    assert page.links["Known answer"] == address(claim_id)
    page = client.get(address(claim_id)).page
    data = {**page.form(address(claim_id)), "use": "training", "verdict": "false"}
    refused = client.post(address(claim_id), data={**data, "attribution_verdict": "confirmed"})
    assert refused.status_code == 422
    assert "Write down why" in refused.page.text
    data |= {"attribution_verdict": "confirmed", "explanation": "The tables say so."}
    assert client.post(address(claim_id), data=data).location == PAGE
    page = client.get(PAGE).page
    assert [re.sub(r"\s*,\s*", ", ", cell) for cell in page.rows()[0][1:]] == [
        "To learn from",
        "False, Confirmed",
        "–",
    ]
    form = client.get(address(claim_id)).page.form(address(claim_id))
    assert (form["verdict"], form["attribution_verdict"]) == (["false"], ["confirmed"])


def test_a_use_that_is_none_and_a_claim_that_is_held_are_refused_as_typed(scene, client_of):
    claim_id = scene.claim()
    client = client_of(scene.person("Lea", *LEADS))
    data = {"use": "gold", "verdict": "false", "explanation": "Kept."}
    assert client.post(address(claim_id), data={**data, "use": "other"}).status_code == 422
    scene.take(scene.reviewers("Ann")[0])
    answer = client.post(address(claim_id), data=data)
    assert answer.status_code == 409
    assert "Somebody holds or checked" in answer.page.text
    assert answer.page.form(address(claim_id))["explanation"][0].strip() == "Kept."
    assert scene.rows(GoldAnswer) == []


def test_one_is_put_back(scene, client_of):
    claim_id = known(scene)
    client = client_of(scene.person("Lea", *LEADS))
    answer = client.post(address(claim_id), data={"do": "retire"})
    assert answer.location == f"/claims/{claim_id}"
    assert "There are none yet" in client.get(PAGE).page.text


def test_how_often_one_is_mixed_in_is_set_and_nonsense_refused(scene, client_of):
    client = client_of(scene.person("Lea", *LEADS))
    assert client.post(PAGE, data={"every": "20"}).location == PAGE
    assert client.get(PAGE).page.form(PAGE)["every"] == ["20"]
    for every in ("", "many", "-1", "1001"):
        assert client.post(PAGE, data={"every": every}).status_code == 422
    assert scene.rows(Project)[0].gold_every == 20


def test_who_learns_reads_the_answer_and_goes_on(scene, client_of):
    scene.claim("An ordinary one.")
    known(scene, GoldUse.TRAINING, "One to learn from.")
    client = client_of(scene.reviewers("Ann")[0])
    place = client.post("/projects/desk/review").location
    page = client.get(place).page
    assert "One to learn from." in page.text
    assert client.get(f"{place}/explained").status_code == 404
    data = {**fields(page, place), "verdict": "half-true"}
    answer = client.post(place, data=data)
    assert answer.location == f"{place}/explained"
    page = client.get(answer.location).page
    assert page.heading == "Another answer"
    assert page.rows() == [["Is it so?", "Half true", "False", "differ"]]
    assert "The tables say so." in page.text
    # Sent again it leads there again, and the check itself is read there from now on.
    assert client.post(place, data=data).location == answer.location
    assert client.get(place).location == answer.location
    following = client.post("/projects/desk/review").location
    assert "An ordinary one." in client.get(following).page.text


def fields(page, place):
    return {name: found[0] for name, found in page.form(place).items()}


def test_figures_are_for_editors_with_what_was_missed(scene, client_of):
    for n in range(3):
        known(scene, GoldUse.TRAINING, f"Number {n}.")
    [ann] = scene.reviewers("Ann")
    first = scene.check(ann, "half-true")
    scene.check(ann, "half-true")
    scene.check(ann, "false")
    page = client_of(scene.person("Lea", *LEADS)).get(PAGE).page
    assert "often: Half true for False (2 times)" in page.text
    assert "1 of 3" in page.text
    assert f"{address(scene.claim_of(first))}#review-{first}" in page.links.values()


def test_a_miss_leads_an_editor_to_the_claim_and_the_check(scene, client_of):
    lea = scene.person("Lea", *LEADS)
    mixed(scene)
    claim_id = known(scene)
    scene.claim()
    [ann] = scene.reviewers("Ann")
    wrong = scene.check(ann, "true")
    client = client_of(lea)
    page = client.get("/notices").page
    assert "A known answer was missed" in page.text
    [notice] = re.findall(r'action="(/notices/\w{12})"', page.html)
    place = client.post(notice).location
    assert place == f"{address(claim_id)}#review-{wrong}"
    page = client.get(place).page
    assert f'id="review-{wrong}"' in page.html
    assert "otherwise" in page.text


def test_its_file_is_for_editors_alone(scene, client_of):
    mixed(scene)
    claim_id = known(scene)
    scene.claim()
    [ann] = scene.reviewers("Ann")
    wrong = scene.check(ann, "true")
    lea = client_of(scene.person("Lea", *LEADS))
    body = lea.get("/projects/desk/exports/gold.csv").get_data(as_text=True)
    assert EXPORTERS["gold.csv"].validate([body]) == []
    assert f"{claim_id},gold,False,,{wrong},r-" in body
    named = lea.get("/projects/desk/exports/gold.csv?names=1").get_data(as_text=True)
    assert f"{wrong},Ann,True,,false," in named
    for somebody in (ann, scene.person("Judy", Role.ADJUDICATOR, Role.REVIEWER)):
        client = client_of(somebody)
        assert client.get("/projects/desk/exports/gold.csv").status_code == 403
        assert "gold.csv" not in client.get("/projects/desk/exports/").page.text


class Twin:
    """Two desks that differ in one thing: of the claim that is lent, the answer is known or not."""

    def __init__(self, database, app, *, is_known: bool) -> None:
        self.scene = Scene(database, slug="twin-a" if is_known else "twin-b", reviews_wanted=2)
        self.scene.let_choose()
        names = ("Kay", "Kim") if is_known else ("Pam", "Pat")
        self.mine, self.other = self.scene.reviewers(*names)
        self.texts = ["Milk costs 2 euros.", "Bread is dear.", "Salt is cheap."]
        self.claim_id = self.scene.claim(self.texts[0])
        rest = [self.scene.claim(text) for text in self.texts[1:]]
        if is_known:
            values = GoldValues(use=GoldUse.GOLD, verdict="false")
            self.scene.do(gold.set_gold, CONSOLE, self.claim_id, values=values)
            mixed(self.scene)
        with Session(database.engine) as session:
            self.client = app.test_client().sign_in(session.get_one(Person, self.mine.person))
        self.ids = {self.claim_id: "CLAIM", rest[0]: "BREAD", rest[1]: "SALT"}
        people = self.scene.rows(Person)
        self.ids |= {row.public_id: "PERSON" for row in people}

    def settle_in(self, review_id: str) -> None:
        self.ids[review_id] = "CHECK"

    def pages(self) -> dict[str, str]:
        """What the checker can look at, without what is random and without names of things."""
        return {self.plain(a): self.plain(self.seen(a)) for a in self.addresses()}

    def addresses(self) -> list[str]:
        """Every page of the project, of the claim and of the check, every list and every file."""
        slug = self.scene.project.slug
        review = next((key for key, name in self.ids.items() if name == "CHECK"), "")
        found = [f"/projects/{slug}/claims?{query}" for query in QUERIES]
        found += [f"/projects/{slug}/exports/{name}" for name in EXPORTERS]
        names = {"slug": slug, "claim_id": self.claim_id, "review_id": review}
        for rule in self.client.application.url_map.iter_rules():
            if "GET" in rule.methods and rule.arguments <= names.keys():
                found.append(re.sub(r"<(?:\w+:)?(\w+)>", lambda name: names[name[1]], rule.rule))
        return found

    def seen(self, path: str) -> str:
        answer = self.client.get(path)
        return f"{answer.status_code} {answer.location} {answer.get_data(as_text=True)}"

    def plain(self, body: str) -> str:
        for key, name in self.ids.items():
            body = body.replace(key, name)
        title, slug = self.scene.project.title, self.scene.project.slug
        body = body.replace(title, "Title").replace(f"/{slug}", "/slug").replace(slug, "slug")
        body = re.sub(r"\b(Kim|Kay|Pam|Pat)\b", "NAME", body, flags=re.IGNORECASE)
        body = re.sub(r"\d{4}-\d\d-\d\dT[\d:.+]+Z?", "TIME", body)
        return re.sub(r"r-[0-9a-f]{10}", "PSEUDONYM", plain(body))


def test_nothing_tells_a_known_answer_from_another_claim(database, app):
    twins = [Twin(database, app, is_known=is_known) for is_known in (True, False)]
    held = []
    for twin in twins:
        held.append(twin.scene.take(twin.mine))
        assert twin.scene.claim_of(held[-1]) == twin.claim_id
        twin.settle_in(held[-1])
    for twin, review_id in zip(twins, held, strict=True):
        twin.scene.draft(twin.mine, review_id)
    compare(twins)
    for twin, review_id in zip(twins, held, strict=True):
        data = {"verdict": "true", "key": "once", "base_version": "0", "do": "submit"}
        answer = twin.client.post(f"/reviews/{review_id}", data=data)
        assert answer.status_code == 303
        following = answer.location.removeprefix("/reviews/")
        assert twin.scene.claim_of(following) != twin.claim_id
        twin.ids[following] = "NEXT"
    # Another answers it too, otherwise; nobody of those who check is told of any of it.
    for twin in twins:
        theirs = twin.scene.take(twin.other)
        twin.scene.submit(twin.other, theirs, "false")
    compare(twins)


def compare(twins) -> None:
    """Everything looks the same."""
    mine, theirs = (twin.pages() for twin in twins)
    assert mine.keys() == theirs.keys()
    for address in mine:
        assert mine[address] == theirs[address], address
