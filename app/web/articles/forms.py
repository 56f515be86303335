"""The forms of the article pages."""

from dataclasses import dataclass
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, SelectField, StringField, TextAreaField, URLField

from app.domain.dates import partial_date
from app.domain.errors import Invalid
from app.domain.links import checked_link
from app.domain.spans import Span
from app.domain.words import Mode
from app.extraction.document import Document
from app.web.articles.documents import read_document
from app.web.fields import DeskForm, Rules, choices, choices_of
from app.web.tongues import LANGUAGES, languages
from app.web.word_choice import WordsForm
from app.workflow.agents import HopValues
from app.workflow.articles import NewArticle
from app.workflow.claims import NewClaim

MAX_DIGITS = 10
FROM_FILE = ("title", "publisher", "author", "published", "language")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    name: str
    data: bytes


class ArticleForm(DeskForm):
    """An article to take in: pasted, or as a file."""

    RULES: ClassVar[Rules] = {"url": checked_link, "published": partial_date}

    text = TextAreaField(_("Text of the article"), render_kw={"rows": 14, "dir": "auto"})
    file = FileField(_("Or a file: .txt or .html"), render_kw={"accept": ".txt,.html,.htm"})
    title = StringField(_("Title"), render_kw={"maxlength": 500})
    url = URLField(_("Address"), render_kw={"placeholder": "https://"})
    publisher = StringField(_("Publisher"), render_kw={"maxlength": 200})
    author = StringField(_("Author"), render_kw={"maxlength": 300})
    published = StringField(_("Published"), render_kw={"placeholder": "2025-09-04"})
    language = SelectField(_("Language"), default="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as WTForms
        super().__init__(*args, **kwargs)
        self.language.choices = choices([("", _("As the text shows")), *languages()])

    def upload(self) -> Upload | None:
        """The file, if one was chosen."""
        sent = self.file.data
        if not isinstance(sent, FileStorage) or not sent.filename:
            return None
        return Upload(sent.filename, sent.stream.read())

    def document(self) -> Document:
        """The text that was pasted or sent; what was typed stands above what the file says.

        From then on the text area and the empty fields hold what was read from the file, so that
        nothing of it is lost when another field is refused.

        Raises:
            Invalid: nothing, both, or no text that can be read.
        """
        upload = self.upload()
        if upload is not None and self.text.data:
            raise Invalid("article.twice", field="file")
        found = read_document(self.text.data or "", upload.name, upload.data) if upload else None
        if found is None:
            return read_document(self.text.data or "")
        self.text.data = found.text
        for name in FROM_FILE:
            self[name].data = self[name].data or getattr(found, name) or ""
        if self.language.data not in LANGUAGES:
            self.language.data = ""
        return found

    def article(self, text: str) -> NewArticle:
        """The article as the verb takes it."""
        return NewArticle(
            text=text,
            title=self.title.data or "",
            **{
                name: self[name].data or None
                for name in ("url", "publisher", "author", "published", "language")
            },
        )


class SaidForm(DeskForm):
    """What is claimed in words that stand alone, and who said it, in few fields."""

    text = TextAreaField(
        _("The claim in words that stand alone, if others"), render_kw={"rows": 2, "dir": "auto"}
    )
    agent = StringField(_("Who said it"), render_kw={"autocomplete": "off", "list": "agents"})
    mode = SelectField(_("How"), default=Mode.PARAPHRASE.value)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as WTForms
        super().__init__(*args, **kwargs)
        self.mode.choices = choices_of(Mode)

    def chain(self) -> tuple[HopValues, ...]:
        """Who said it, if anybody; longer chains are written on the claim's own page."""
        name = self.agent.data or ""
        return (HopValues(agent=name, mode=Mode(self.mode.data)),) if name else ()


class NewClaimForm(SaidForm):
    """A claim that a person marks in an article; a script says where its words stand."""

    quote = TextAreaField(_("The exact words of the article"), render_kw={"rows": 3, "dir": "auto"})
    start = HiddenField()
    end = HiddenField()
    snapshot = HiddenField()

    def claim(self) -> NewClaim:
        """The claim as the verb takes it."""
        return NewClaim(
            text=self.text.data or "",
            quote=self.quote.data or "",
            start=_number(self.start.data),
            end=_number(self.end.data),
            snapshot=self.snapshot.data or None,
            hops=self.chain(),
        )


class ChosenWordsForm(WordsForm, SaidForm):
    """A claim by the first and the last of its words."""

    def claim(self, text: str) -> NewClaim:
        """The claim as the verb takes it, out of this text."""
        span = self.span(text, Span(0, 0))
        return NewClaim(
            text=self.text.data or "",
            quote=span.of(text),
            start=span.start,
            end=span.end,
            snapshot=self.snapshot.data or None,
            hops=self.chain(),
        )


class TextForm(DeskForm):
    """The changed text of an article."""

    text = TextAreaField(_("The text as it is now"), render_kw={"rows": 14, "dir": "auto"})


def _number(value: str | None) -> int | None:
    value = value or ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < MAX_DIGITS else None
