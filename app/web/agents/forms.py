"""The forms of the pages about somebody."""

from typing import ClassVar

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField, URLField

from app.domain.links import checked_link
from app.domain.words import AgentKind
from app.storage.agents import AgentRecord
from app.web.fields import DeskForm, Rules, choices_of
from app.workflow.agent_changes import AgentValues

MAX_SEARCH = 200
NAME = {"dir": "auto"}


class SearchForm(DeskForm):
    """Whom the list shows."""

    text = StringField(_("Name"), render_kw={"type": "search", **NAME})

    @property
    def wanted(self) -> str:
        """The words of the name."""
        return (self.text.data or "")[:MAX_SEARCH]


class AgentForm(DeskForm):
    """What is known of somebody; ``token`` tells what was shown."""

    RULES: ClassVar[Rules] = {"same_as": checked_link}

    name = StringField(_("Name"), render_kw=NAME)
    kind = SelectField(_("What they are"))
    is_named = BooleanField(_("Named in the texts"))
    role = StringField(_("Role"), render_kw=NAME)
    party = StringField(_("Party or interest"), render_kw=NAME)
    aliases = TextAreaField(_("Other names"), render_kw={"rows": 3, **NAME})
    same_as = URLField(_("Wikidata page"), render_kw={"placeholder": "https://"})
    token = HiddenField()

    def offer(self) -> None:
        """The kinds there are."""
        self.kind.choices = choices_of(AgentKind)

    def show(self, record: AgentRecord) -> None:
        """Begin with what is known."""
        for name in ("name", "is_named", "role", "party", "same_as", "token"):
            self[name].data = getattr(record, name)
        self.kind.data = record.kind.value
        self.aliases.data = "\n".join(record.aliases)

    def values(self) -> AgentValues:
        """What was filled in, for the verb."""
        return AgentValues(
            name=self.name.data or "",
            kind=AgentKind(self.kind.data),
            is_named=bool(self.is_named.data),
            aliases=tuple((self.aliases.data or "").splitlines()),
            role=self.role.data,
            party=self.party.data,
            same_as=self.same_as.data,
            token=self.token.data or "",
        )


class MergeForm(DeskForm):
    """Who somebody is the same as."""

    into = StringField(_("Name of the other"), render_kw={"list": "agents", **NAME})
