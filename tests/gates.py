"""A project that holds its verdicts against rules, and claims with so many sources."""

from app.domain.actors import CONSOLE
from app.domain.consensus import Answer
from app.domain.evidence_words import (
    GateLevel,
    GateProfile,
    GateRule,
)
from app.domain.words import (
    Answers,
    Decides,
    Role,
    SourceKind,
)
from app.storage import gates as questions
from app.storage.projects import by_id
from app.storage.tables import (
    GateOverride,
    Label,
)
from app.workflow import gates
from app.workflow.sources import SourceValues
from tests.scenes import Scene

SO, SAID, BOTH = Answers.SO, Answers.SAID, Answers.BOTH
TWO = {(GateRule.ORIGINS, SO): (GateLevel.BLOCK, 2)}
WHY = "There is only the ministry's own record, and nobody else keeps one."


def ruled(database, decides=Decides.SIGNOFF, profile=GateProfile.EFCSN, **values):
    """A project that asks for two independent sources before a verdict is given."""
    wanted = 2 if decides is Decides.INDEPENDENT else 1
    scene = Scene(database, decides=decides, reviews_wanted=values.pop("wanted", wanted), **values)
    scene.do(gates.choose_profile, CONSOLE, scene.id, profile=profile)
    return scene


def source(number=1, **values):
    url = None if values.get("kind") is SourceKind.SEARCH else f"https://example.org/{number}"
    return SourceValues(url=url, title=f"Figures {number}", **values)


def sources(number):
    return {"sources": tuple(source(n) for n in range(number))}


def checked(scene, *checks, claim_id=None, name="R"):
    """A claim with these checks, each by somebody else."""
    claim_id = claim_id or scene.claim()
    for number, values in enumerate(checks):
        somebody = scene.person(f"{name}{claim_id}{number}", Role.REVIEWER)
        review_id = scene.take(somebody)
        assert scene.claim_of(review_id) == claim_id
        scene.submit(somebody, review_id, **values)
    return claim_id


def overrides(scene, claim_id):
    rows = scene.rows(GateOverride, GateOverride.claim_id == scene.claim_row(claim_id).key)
    return [(row.ruling_version, row.rule, row.question, row.found, row.wanted) for row in rows]


UNMET = (GateRule.ORIGINS, SO, 1, 2)


def lines_of(scene, *names):
    keys = [scene.claim_row(name).key for name in names]
    label = scene.rows(Label, Label.code == "false")[0].key
    given = {key: Answer(label, None) for key in keys}
    return scene.ask(questions.lines_of, scene.ask(by_id, scene.id), given)
