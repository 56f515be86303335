"""A finding as the desk would publish it; a test changes what it is about."""

from app.domain.claim_parts import HopRecord
from app.domain.findings import Finding, PublicReply, PublicRuling, PublicSource
from app.domain.records import LabelRecord
from app.domain.words import (
    AgentKind,
    Answers,
    CorrectionKind,
    Mode,
    SourceKind,
    Stance,
)


def hop(agent, **values):
    usual = {
        "id": 1,
        "agent_kind": AgentKind.PERSON,
        "is_named": True,
        "cue": "said",
        "mode": Mode.PARAPHRASE,
        "url": None,
        "said_on": None,
        "is_seen": False,
        "ends_because": None,
        "agent_id": "abcdefghij23",
    }
    return HopRecord(agent=agent, **{**usual, **values})


def label(name, rank=None, definition=""):
    return LabelRecord(1, name.lower(), name, definition, rank, 1)


FALSE = label("False", 1, "Not accurate.")
HALF = label("Half true", 3, "Partly accurate.")
UNPROVEN = label("Unproven")
RULING = PublicRuling(
    version=1,
    content=FALSE,
    attribution=label("Reported only"),
    conclusion="The figure is of another year.",
    short_text="Fuel sales of 1.1 billion euros in one year",
    decided_on="2025-09-05",
    correction_kind=None,
    public_note="",
    ranks=(1, 2, 3, 4, 5),
)
CORRECTED = PublicRuling(
    version=2,
    content=HALF,
    attribution=RULING.attribution,
    conclusion="The figure is of two years.",
    short_text=RULING.short_text,
    decided_on="2025-09-09",
    correction_kind=CorrectionKind.SUBSTANTIAL,
    public_note="We had read the wrong table.",
    ranks=RULING.ranks,
)
SOURCE = PublicSource(
    stance=Stance.REFUTES,
    answers=Answers.SO,
    kind=SourceKind.WEB,
    url="https://a.example/x_(table)?a=1&b=2",
    title="Table 4 [revised]",
    publisher="Ministry",
    published="2025",
    quote="7.3 | not 1.1",
    locator="p. 12",
    archive_url="https://archive.example/1",
)
FINDING = Finding(
    claim_id="abcdefghij23",
    text="Russia received 1.1 billion euros in fuel sales from the EU in one year",
    language="en",
    said_on="2025-09-04",
    hops=(
        hop("CBS News", agent_kind=AgentKind.ORGANISATION, url="https://cbs.example/call"),
        hop("a White House official", agent_kind=AgentKind.UNNAMED, is_named=False),
        hop(
            "Donald Trump",
            role="President of the United States",
            same_as="https://www.wikidata.org/wiki/Q22686",
        ),
    ),
    article_url="https://news.example/leaders",
    article_title="European leaders agree on guarantees",
    article_publisher="The Example",
    seen_at_url=None,
    rulings=(RULING,),
    why=("The table of the ministry says 7.3.",),
    not_known=("Which year is meant.",),
    sources=(SOURCE, PublicSource(stance=Stance.SUPPORTS, answers=Answers.SO)),
    replies=(
        PublicReply("The Kremlin", "Nonsense.", None),
        PublicReply("The White House", None, "2025-09-04"),
    ),
    publisher_name="The Desk",
    publisher_url="https://desk.example/",
    corrections_url="https://desk.example/corrections",
    published_url="https://desk.example/checks/17",
    published_on="2025-09-05",
)
