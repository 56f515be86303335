"""Pages as a reader meets them, and what must hold for every page of the desk."""

import re
import warnings
from collections import Counter
from functools import cached_property
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import html5lib

FIELDS = {"input", "select", "textarea"}
# What is drawn anew for each page, and the pages that were in order but for that.
DRAWN = re.compile(r'(?<= name="csrf_token" value=")[\w.-]+|(?<= name="key" value=")[\w-]+')
IN_ORDER: set[int] = set()
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}


class Page:
    """An HTML answer: its heading, links, buttons, tables and forms as texts and values."""

    def __init__(self, html: str) -> None:
        self.html = html

    @cached_property
    def _parsed(self) -> tuple[Element, list[str]]:
        parser = html5lib.HTMLParser(
            tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False
        )
        root = parser.parse(self.html)
        return root, [f"{code} {place} {data}" for place, code, data in parser.errors]

    @property
    def root(self) -> Element:
        """The whole page."""
        return self._parsed[0]

    @property
    def mistakes(self) -> list[str]:
        """What is no HTML of it."""
        return self._parsed[1]

    def all(self, *tags: str) -> list[Element]:
        """Every element with one of these tags, in order."""
        return [e for e in self.root.iter() if isinstance(e.tag, str) and e.tag in tags]

    @property
    def title(self) -> str:
        return text(self.all("title")[0])

    @property
    def heading(self) -> str:
        return text(self.all("h1")[0])

    @property
    def text(self) -> str:
        """Everything that can be read on the page."""
        return text(self.all("body")[0])

    @property
    def links(self) -> dict[str, str]:
        """Where each link goes, by its words."""
        return {text(e) or e.get("aria-label", ""): e.get("href", "") for e in self.all("a")}

    @property
    def buttons(self) -> list[str]:
        """The words of every button, without their keys."""
        return [text(e, leave_out="kbd") for e in self.all("button")]

    @property
    def notices(self) -> list[str]:
        """What the page says about what was just done."""
        return [text(e) for e in self.all("p") if "notice" in e.get("class", "").split()]

    @property
    def errors(self) -> list[str]:
        """What the error summary says."""
        for section in self.all("section"):
            if section.get("class") == "error-summary":
                return [text(item) for item in section.iter("li")]
        return []

    def rows(self, caption: str | None = None) -> list[list[str]]:
        """The cells of a table's body as texts; of the first table when none is named."""
        for table in self.all("table"):
            found = table.find("caption")
            if caption is None or (found is not None and text(found) == caption):
                body = table.find("tbody")
                rows = [] if body is None else body.findall("tr")
                return [[text(c) for c in row if c.tag in {"td", "th"}] for row in rows]
        raise LookupError(caption)

    def form(self, action: str) -> dict[str, list[str]]:
        """The names and values that a form would send as it stands, by its action."""
        for form in self.all("form"):
            if form.get("action") == action:
                return _values(form)
        raise LookupError(action, [f.get("action") for f in self.all("form")])

    def by_id(self, name: str) -> Element:
        """The element with this id."""
        return next(e for e in self.root.iter() if e.get("id") == name)


def text(element: Element, *, leave_out: str = "") -> str:
    """The words of an element with single blanks."""
    parts = [element.text or ""]
    for child in element:
        if child.tag != leave_out and child.tag not in {"script", "style"}:
            parts.append(text_raw(child, leave_out))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def text_raw(element: Element, leave_out: str = "") -> str:
    """The words of an element with the blanks of its source."""
    if not isinstance(element.tag, str):
        return ""
    parts = [element.text or ""]
    for child in element:
        if child.tag != leave_out:
            parts.append(text_raw(child, leave_out))
        parts.append(child.tail or "")
    return "".join(parts)


def _values(form: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for e in form.iter():
        name = e.get("name")
        if name is None or e.tag not in FIELDS or e.get("disabled") is not None:
            continue
        for value in _value(e):
            found.setdefault(name, []).append(value)
    return found


def _value(e: Element) -> list[str]:
    if e.tag == "textarea":
        return [text_raw(e)]
    if e.tag == "select":
        options = list(e.iter("option"))
        chosen = [o for o in options if o.get("selected") is not None] or options[:1]
        return [o.get("value", text(o)) for o in chosen]
    if e.get("type") in {"radio", "checkbox"}:
        return [e.get("value", "on")] if e.get("checked") is not None else []
    return [] if e.get("type") in {"submit", "file"} else [e.get("value", "")]


def check(html: str) -> Page:
    """A page, of which is insisted on what holds for all; once where it differs by its tokens alone."""
    page = Page(html)
    look = hash(DRAWN.sub("drawn", html))
    if look in IN_ORDER:
        return page
    problems = [*page.mistakes]
    for rule in (_heading, _ids, _labels, _forms, _nothing_inline, _language, _anchors):
        problems += rule(page)
    assert not problems, "\n".join(problems)
    IN_ORDER.add(look)
    return page


def _heading(page: Page) -> list[str]:
    if len(page.all("h1")) != 1:
        return [f"{len(page.all('h1'))} h1 on the page"]
    if not page.heading or not page.title.startswith(page.heading):
        return [f"the title {page.title!r} does not begin with the h1 {page.heading!r}"]
    return []


def _ids(page: Page) -> list[str]:
    counts = Counter(e.get("id") for e in page.root.iter() if e.get("id") is not None)
    return [f"id {name!r} {n} times" for name, n in counts.items() if n > 1 or not name]


def _labels(page: Page) -> list[str]:
    ids = {e.get("id") for e in page.root.iter()}
    labels = {e.get("for") for e in page.all("label")}
    within = {inner for label in page.all("label") for inner in label.iter() if inner is not label}
    problems = [f"a label for {name!r}, which is not there" for name in labels - ids - {None}]
    for e in page.all(*FIELDS):
        if e.get("type") in UNLABELLED or e in within or e.get("aria-label"):
            continue
        if e.get("id") not in labels and not e.get("aria-labelledby"):
            problems.append(f"no label for {e.tag} {e.get('name')!r}")
    problems += [
        f"a {e.tag} without words"
        for e in page.all("button", "a")
        if not text(e) and not e.get("aria-label")
    ]
    for e in page.root.iter():
        for name in ("aria-describedby", "aria-labelledby", "aria-controls", "form"):
            problems += [
                f"{name} names {i!r}, which is not there"
                for i in (e.get(name) or "").split()
                if i not in ids
            ]
    return problems


def _forms(page: Page) -> list[str]:
    problems = []
    for form in page.all("form"):
        action = form.get("action")
        if not action:
            problems.append("a form without an action")
        tokens = _values(form).get("csrf_token", [])
        if form.get("method", "get").lower() == "post" and (len(tokens) != 1 or not tokens[0]):
            problems.append(f"the form to {action} has {len(tokens)} tokens")
        if form.get("method", "get").lower() == "get" and tokens:
            problems.append(f"the form to {action} puts its token into the address")
    return problems


def _nothing_inline(page: Page) -> list[str]:
    problems = [f"a {e.tag} element" for e in page.all("style")]
    problems += ["an inline script" for e in page.all("script") if not e.get("src")]
    for e in page.root.iter():
        for name, value in e.attrib.items():
            if name == "style" or re.match(r"on[a-z]", str(name)):
                problems.append(f"{name} on {e.tag}")
            if name in {"href", "src", "action"} and urlsplit(value).scheme == "javascript":
                problems.append(f"a script in {name} of {e.tag}")
    return problems


def _language(page: Page) -> list[str]:
    html = page.all("html")[0]
    return [] if html.get("lang") and html.get("dir") in {"ltr", "rtl"} else ["no lang or dir"]


def _anchors(page: Page) -> list[str]:
    names = {e.get("id") for e in page.root.iter()}
    hrefs = [e.get("href", "") for e in page.all("a")]
    return [f"no {h} here" for h in hrefs if h.startswith("#") and h[1:] not in names]
