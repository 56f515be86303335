"""Rules for verdicts: setting them, and giving a verdict that does not meet one."""

import csv
import io

import pytest

from app.domain.actors import CONSOLE
from app.domain.evidence_words import GateLevel, GateProfile, GateRule
from app.domain.words import ClaimState, Decides, Role, Stance
from app.storage.tables import GateOverride, GateSetting
from app.workflow import groups
from app.workflow.sources import SourceValues
from tests.cases import in_turn
from tests.gates import WHY, checked, overrides, ruled, sources
from tests.pages import text
from tests.scenes import LEADS, Scene

PAGE = "/projects/desk/gates"
FIELD = "Why the verdict is given all the same"


@pytest.fixture
def scene(database):
    """One checks, another signs off, by the rules of the EFCSN."""
    return ruled(database)


@pytest.fixture
def lead(scene, client_of):
    return client_of(scene.person("Lea", *LEADS))


def address(claim_id):
    return f"/claims/{claim_id}/settle"


def rules(page):
    return [text(e) for e in page.all("li") if "numbers" in str([c.get("class") for c in e.iter()])]


# Setting them


def test_a_project_without_rules_offers_those_of_three_bodies(database, client_of):
    scene = Scene(database)
    page = client_of(scene.person("Eve", Role.EDITOR)).get(PAGE).page

    assert page.heading == "Rules for verdicts"
    assert page.form(PAGE)["profile"] == ["none"]
    assert page.all("table") == []
    assert "gate" not in page.text.lower()


def test_the_settings_lead_there(scene, lead):
    links = lead.get("/projects/desk/settings").page.links

    assert links["Set the rules for verdicts"] == PAGE


def test_choosing_a_body_shows_each_of_its_rules_with_the_clause(database, client_of):
    scene = Scene(database)
    client = client_of(scene.person("Eve", Role.EDITOR))

    answer = client.post(PAGE, data={"do": "profile", "profile": "ifcn"})

    assert (answer.status_code, answer.location) == (303, PAGE)
    page = client.get(PAGE).page
    assert len(page.rows()) >= 12
    for words in ("Sources that are independent of each other", "IFCN 3.3", "IFCN 5.5"):
        assert words in page.text
    assert "changed here" not in page.text
    assert "Set all back as they were" not in page.buttons


def test_a_changed_rule_is_marked_and_can_be_set_back(scene, lead):
    data = {"do": "rules", "origins-so-level": "warn", "origins-so-wanted": "3"}

    assert lead.post(PAGE, data=data).status_code == 303

    [row] = scene.rows(GateSetting)
    assert (row.rule, row.level, row.wanted) == (GateRule.ORIGINS, GateLevel.WARN, 3)
    page = lead.get(PAGE).page
    assert page.text.count("changed here") == 1
    assert page.by_id("origins-so-wanted").get("value") == "3"
    assert lead.post(PAGE, data={"do": "reset"}).status_code == 303
    assert scene.rows(GateSetting) == []


@pytest.mark.parametrize("number", ["0", "21", "many", ""])
def test_a_number_that_cannot_be_comes_back_as_typed(scene, lead, number):
    data = {"do": "rules", "origins-so-wanted": number, "primary-so-level": "block"}

    answer = lead.post(PAGE, data=data)

    assert answer.status_code == 422
    assert any("from 1 to 20" in error for error in answer.page.errors)
    assert answer.page.by_id("origins-so-wanted").get("value") == number
    assert scene.rows(GateSetting) == []


@in_turn(
    "data", [{"do": "profile", "profile": "who"}, {"do": "rules", "origins-so-level": "maybe"}]
)
def test_what_is_none_of_the_choices_is_refused(scene, lead, data):
    before = scene.state()

    assert lead.post(PAGE, data=data).status_code == 422
    assert scene.state() == before


def test_how_many_verdicts_would_need_a_reason_now_is_told(scene, lead):
    claim_id = checked(scene, sources(2))
    lead.post(address(claim_id), data={"verdict": "false"})

    lead.post(PAGE, data={"do": "rules", "origins-so-wanted": "3"})

    assert "Of the last verdict, 1 would need a reason" in lead.get(PAGE).page.text


# Giving a verdict


def test_before_deciding_the_rules_stand_there_with_their_numbers(scene, lead):
    claim_id = checked(scene, sources(1))

    page = lead.get(address(claim_id)).page

    origins = next(line for line in rules(page) if "independent" in line)
    assert "✗ Not met" in origins
    assert "1 of 2" in origins
    assert "gate_reason" in page.form(address(claim_id))
    assert "gate" not in page.text.lower()


def test_sources_that_take_no_side_are_told_without_a_number_that_looks_unmet(scene, lead):
    neutral = SourceValues(url="https://example.org/n", title="Figures", stance=Stance.CONTEXT)
    claim_id = checked(scene, {"sources": (neutral,)})

    sides = next(r for r in rules(lead.get(address(claim_id)).page) if "for and against" in r)

    assert "✓ Met" in sides
    assert "no source speaks for or against it" in sides
    assert "0 of 2" not in sides


def test_what_is_only_told_says_that_it_stops_nothing(scene, lead):
    claim_id = checked(scene, sources(2))

    page = lead.get(address(claim_id)).page

    assert any("✓ Met" in line and "2 of 2" in line for line in rules(page))
    assert any("stops nothing" in line for line in rules(page))
    assert "gate_reason" not in page.form(address(claim_id))
    assert lead.post(address(claim_id), data={"verdict": "false"}).status_code == 303


def test_an_unmet_rule_is_refused_with_the_form_as_typed_and_the_way_out(scene, lead):
    claim_id = checked(scene, sources(1))
    typed = {"verdict": "false", "conclusion": "Typed with care.", "short_text": "Not so"}

    answer = lead.post(address(claim_id), data=typed)

    assert answer.status_code == 422
    assert any(FIELD in error for error in answer.page.errors)
    form = answer.page.form(address(claim_id))
    assert form["conclusion"][0].strip() == "Typed with care."
    assert form["short_text"] == ["Not so"]
    assert answer.page.links["Link one more source that does not copy these"] == "#question"
    assert scene.rulings_of(claim_id) == []


def test_with_a_reason_it_is_given_once_and_the_claim_tells_why(scene, lead):
    claim_id = checked(scene, sources(1))
    data = {"verdict": "false", "gate_reason": WHY}

    for _ in range(2):
        assert lead.post(address(claim_id), data=data).status_code == 303

    assert len(overrides(scene, claim_id)) == 1
    page = lead.get(f"/claims/{claim_id}").page
    assert WHY in page.text
    assert "1 of 2" in page.text
    assert "gave the verdict though a rule of the project was not met" in page.text


def test_another_reason_for_the_same_verdict_is_shown_beside_it(scene, lead):
    claim_id = checked(scene, sources(1))
    lead.post(address(claim_id), data={"verdict": "false", "gate_reason": WHY})

    answer = lead.post(address(claim_id), data={"verdict": "false", "gate_reason": "Another."})

    assert answer.status_code == 409
    assert "Another." in answer.page.text


def test_without_rules_the_page_says_nothing_of_them(database, client_of):
    scene = ruled(database, profile=GateProfile.NONE)
    claim_id = checked(scene, {})

    page = client_of(scene.person("Lea", *LEADS)).get(address(claim_id)).page

    assert "Rules of this project" not in page.text
    assert "gate_reason" not in page.form(address(claim_id))


def test_a_correction_asks_for_the_reason_too(scene, lead):
    claim_id = checked(scene, sources(1))
    lead.post(address(claim_id), data={"verdict": "false", "gate_reason": WHY})
    at = f"/claims/{claim_id}/correction"
    data = {
        "verdict": "true",
        "kind": "substantial",
        "public_note": "We were wrong.",
        "base_version": "1",
    }

    refused = lead.post(at, data=data)
    assert refused.status_code == 422
    assert "Not met here: Sources that are independent of each other" in refused.text
    assert any("1 of 2" in line for line in rules(refused.page))
    assert refused.page.form(at)["public_note"][0].strip() == "We were wrong."

    assert lead.post(at, data=data | {"gate_reason": WHY}).status_code == 303
    assert [version for version, *_ in overrides(scene, claim_id)] == [1, 2]


def test_a_verdict_that_covers_another_claim_asks_for_the_reason_of_that_one(scene, lead):
    first = checked(scene, sources(2))
    second = scene.claim(said_by="A minister")
    scene.do(groups.say_the_same, CONSOLE, first, other_id=second)
    lead.post(address(first), data={"verdict": "false"})
    at = f"/claims/{first}/cover"
    data = {"cover": second, f"cover-{second}-said": "confirmed"}

    refused = lead.post(at, data=data)
    assert refused.status_code == 422
    assert any("0 of 1" in line for line in rules(refused.page))
    assert refused.page.form(at)["gate_reason"] == [""]

    assert lead.post(at, data=data | {"gate_reason": WHY}).status_code == 303
    assert len(overrides(scene, second)) == 1


def test_many_at_once_leave_out_those_that_meet_no_rule_and_say_so(database, client_of):
    scene = ruled(database, Decides.INDEPENDENT, settles_itself=False)
    lead = client_of(scene.person("Lea", *LEADS))
    short = checked(scene, sources(1), sources(1))
    whole = checked(scene, sources(2), sources(2))
    at = "/projects/desk/settle/unanimous"

    page = lead.get(f"{at}?seed=1").page
    assert "1 was left out, since it does not meet a rule of the project" in page.text
    form = {name: value[0] for name, value in page.form(at).items()}
    answer = lead.post(at, data=form, follow_redirects=True)

    assert "1 was left out" in " ".join(answer.page.notices)
    assert scene.claim_row(short).state is ClaimState.OPEN
    assert scene.claim_row(whole).state is ClaimState.SETTLED


# Who works alone


@pytest.fixture
def alone(database, client_of):
    """Ann works alone and holds a check with one source; its address and her client."""
    scene = ruled(database, Decides.SINGLE)
    ann = scene.person("Ann", Role.REVIEWER)
    scene.claim()
    return scene, client_of(ann), f"/reviews/{scene.take(ann)}"


SENT = {"verdict": "false", "sources-0-url": "https://example.org/1", "sources-0-title": "One"}


def test_the_form_of_a_check_asks_for_a_reason_only_when_it_is_needed(alone):
    scene, ann, at = alone
    assert "gate_reason" not in ann.get(at).page.form(at)

    refused = ann.post(at, data=SENT | {"rationale": "Typed with care."})
    assert refused.status_code == 422
    form = refused.page.form(at)
    assert form["rationale"][0].strip() == "Typed with care."
    assert form["gate_reason"] == [""]
    assert any("1 of 2" in line for line in rules(refused.page))
    assert refused.page.links["Link one more source that does not copy these"] == "#sources"

    assert ann.post(at, data=SENT | {"gate_reason": WHY}).status_code == 303
    [row] = scene.rows(GateOverride)
    assert (row.reason, row.wanted) == (WHY, 2)


def test_a_reason_that_is_kept_as_a_draft_is_there_again(alone):
    _scene, ann, at = alone

    ann.post(at, data=SENT | {"gate_reason": WHY, "do": "draft"})

    assert ann.get(at).page.form(at)["gate_reason"][0].strip() == WHY


# Taking it out


def test_each_reason_goes_out_under_a_name_that_no_check_has(scene, lead):
    claim_id = checked(scene, sources(1))
    lead.post(address(claim_id), data={"verdict": "false", "gate_reason": WHY})

    answer = lead.get("/projects/desk/exports/gates.csv")

    [row] = csv.DictReader(io.StringIO(answer.text))
    assert (row["claim_id"], row["rule"], row["question"]) == (claim_id, "origins", "so")
    assert (row["found"], row["wanted"], row["reason"]) == ("1", "2", WHY)
    assert row["person"].startswith("d-")
    named = lead.get("/projects/desk/exports/gates.csv?names=1").text
    assert "Lea" in named


# What the numbers tell


def test_who_could_check_a_claim_learns_nothing_by_its_rules(database, client_of):
    scene = ruled(database, Decides.INDEPENDENT)
    both = client_of(scene.person("Bo", *LEADS, Role.REVIEWER))
    claim_id = checked(scene, sources(1))
    page = both.get(address(claim_id)).page

    assert "1 of 2" not in page.text
    assert "Rules of this project" not in page.text
    assert "1 of 2" not in both.get(f"/claims/{claim_id}").page.text


def test_the_page_asks_the_same_questions_however_much_there_is(database, client_of, queries):
    scene = ruled(database, profile=GateProfile.IFCN)
    lead = client_of(scene.person("Lea", *LEADS))
    asked = []
    for number in (1, 6):
        claim_id = checked(scene, sources(number))
        with queries() as sent:
            lead.get(address(claim_id))
        asked.append(len(sent))

    assert asked[0] == asked[1]
