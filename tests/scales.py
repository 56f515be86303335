"""A project whose scale is made and changed, for the tests of verbs and of pages."""

from app.domain.words import SchemeKind
from app.storage import exports
from app.storage.scales import scheme
from app.storage.tables import Project
from app.workflow.scales import AnswerValues, ScaleValues, change_scale, make_scale, use_scale
from tests.scenes import LEADS, Scene

CONTENT, ATTRIBUTION = SchemeKind.CONTENT, SchemeKind.ATTRIBUTION
YES_NO = ScaleValues(name="Yes or no", answers=(AnswerValues(name="Yes"), AnswerValues(name="No")))


class ScaleScene(Scene):
    """A project with an editor who does not check, and what is done with its scale."""

    def __init__(self, database, **values):
        super().__init__(database, **values)
        self.editor = self.person(f"Editor of {self.project.slug}", *LEADS)

    def present(self, kind=CONTENT):
        """The scale that the project uses now."""
        [project] = self.rows(Project, Project.id == self.id)
        key = project.content_scheme_id if kind is CONTENT else project.attribution_scheme_id
        return self.ask(scheme, key, project_id=self.id)

    def change(self, *, drop=(), rename=None, add=(), kind=CONTENT, **values):
        """Change the present scale: answers left out, called otherwise, added at the best end."""
        before = self.present(kind)
        names = rename or {}
        answers = [AnswerValues(name=name) for name in add] + [
            AnswerValues(
                before=label.code,
                name=names.get(label.code, label.name),
                definition=label.definition,
                is_ranked=label.rank is not None,
            )
            for label in before.labels
            if label.code not in drop
        ]
        sent = {"name": before.name, "answers": tuple(answers), "seen": before.mark, **values}
        actor = sent.pop("actor", self.editor)
        return self.do(change_scale, actor, self.id, kind=kind, values=ScaleValues(**sent))

    def make(self, values=YES_NO, kind=CONTENT, actor=None):
        return self.do(make_scale, actor or self.editor, self.id, kind=kind, values=values)

    def use(self, scale, kind=CONTENT, actor=None):
        return self.do(use_scale, actor or self.editor, self.id, kind=kind, scale=scale)

    def verdicts(self):
        return {row.claim: row for row in self.ask(drawn, exports.verdict_rows, self)}

    def reviews(self):
        return list(self.ask(drawn, exports.review_rows, self))


def drawn(session, rows, scene):
    return list(rows(session, scene.editor, scene.id))


def checked(scene, *verdicts, claim=None, said=None):
    """A claim with a check of each checker in turn."""
    claim_id = scene.claim(claim or "", said_by="A minister" if said else None)
    for who, verdict in zip(scene.checkers, verdicts, strict=False):
        scene.check(who, verdict, attribution_verdict=said)
    return claim_id


def at_work(database) -> ScaleScene:
    """Two check; one claim is settled and one is half done before the scale changes."""
    scene = ScaleScene(database)
    scene.checkers = scene.reviewers("Ann", "Ben")
    scene.settled = checked(scene, "half-true", "mostly-true", claim="Settled before.")
    scene.settle(scene.editor, scene.settled, "half-true", reason="Ann is right.")
    scene.half = checked(scene, "half-true", claim="Half done.")
    scene.old = scene.present()
    return scene


def named(scale):
    return [(label.code, label.name, label.rank) for label in scale.labels]
