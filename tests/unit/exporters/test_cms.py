"""Copy for a publishing system: what it holds, and that nothing in it is more than text."""

import html as html_module
import re
from dataclasses import replace

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app.domain.evidence_words import SourceType
from app.domain.findings import PublicReply, PublicSource, public_sources
from app.domain.records import EvidenceRecord
from app.domain.words import Answers, SourceKind, SourceRecord, Stance, TranslatedBy
from app.exporters import cms
from app.exporters.cms import Voice
from app.exporters.prose import Paragraph, Points, Quote, Title, Words, as_html, as_markdown
from tests.cases import in_turn
from tests.unit.exporters.finding_samples import CORRECTED, FINDING, RULING, SOURCE, hop

ALLOWED = {"html", "head", "body", "h2", "p", "strong", "a", "ul", "li", "blockquote"}
COMMONMARK = MarkdownIt("gfm-like", {"linkify": False, "typographer": False})
NASTY = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *("<script>alert(1)</script>", "](javascript:alert(1))", "![x](y)", "[a]: b", "|"),
                *("**", "__", "`", "```", "~~", "&amp;", "&copy;", "<!--", "\\", "# ", "> ", "- "),
                *("1. ", "1) ", "+ ", "===", "---", "!", "[", "]", "(", ")", "<b>", "{{x}}", "\n"),
                *("\n\n", "    code", "\t", "\u2028", "\0", "$x$", "$$", "<https://x.example>"),
            ]
        ),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
    ),
    max_size=6,
).map("".join)


def plain(text):
    """A text as a reader sees it: blanks and control characters count as one blank."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split())


def tree(text):
    return html5lib.parse(text, namespaceHTMLElements=False)


def words_of(element):
    return " ".join("".join(element.itertext()).split())


def rendered(markdown):
    return tree(COMMONMARK.render(markdown))


def tags(root):
    return {e.tag for e in root.iter() if isinstance(e.tag, str)}


PARTS = (
    *("Who said it:", "Donald Trump", "President of the United States", "according to", "CBS News"),
    *("European leaders agree on guarantees", "The Example", "2025-09-04", "Was it said?"),
    *("Reported only", "Is it so?", "False: Not accurate.", "In short:", RULING.short_text),
    *("The figure is of another year.", "The table of the ministry says 7.3.", "Table 4 [revised]"),
    *(
        "Which year is meant.",
        "Contradicts it: ",
        "Ministry",
        "p. 12",
        "7.3 | not 1.1",
        "Saved copy",
    ),
    *("Backs it: a source known to us", "The Kremlin said:", "Nonsense.", "The Desk", "Checked on"),
    *("The White House did not answer by 2025-09-04.", "Something is wrong? Tell us."),
)


@in_turn("part", PARTS)
def test_both_copies_hold_what_is_published(part):
    assert part in words_of(tree(cms.html(FINDING)))
    assert part in words_of(rendered(cms.markdown(FINDING)))


def test_the_claimant_comes_first_and_the_one_nearest_the_reader_last():
    text = words_of(tree(cms.html(FINDING)))
    told = "Donald Trump (President of the United States), according to a White House official, "
    assert f"Who said it: {told}according to CBS News" in text


def test_links_go_to_the_source_and_to_its_saved_copy():
    for root in (tree(cms.html(FINDING)), rendered(cms.markdown(FINDING))):
        links = {words_of(a): a.get("href") for a in root.iter("a")}
        assert links["Table 4 [revised]"] == "https://a.example/x_(table)?a=1&b=2"
        assert links["Saved copy"] == "https://archive.example/1"


def test_a_correction_is_told_with_its_day_and_one_without_a_note_is_not():
    silent = replace(CORRECTED, version=3, public_note="")
    text = cms.html(replace(FINDING, rulings=(silent, CORRECTED, RULING)))
    assert "We had read the wrong table." in text
    assert text.count("2025-09-09: ") == 1
    assert "Half true" in text
    assert "Corrections" not in cms.html(FINDING)


def test_what_is_not_known_leaves_no_empty_part():
    bare = replace(
        FINDING,
        hops=(),
        said_on=None,
        article_url=None,
        article_title=None,
        article_publisher=None,
        rulings=(replace(RULING, attribution=None, conclusion="", short_text=""),),
        why=(),
        not_known=(),
        sources=(),
        replies=(),
        publisher_name=None,
        corrections_url=None,
    )
    root = tree(cms.html(bare))
    assert [words_of(e) for e in root.iter("h2")] == [bare.text]
    assert [words_of(e) for e in root.iter("p")] == [
        "Is it so? False: Not accurate.",
        "Checked on 2025-09-05.",
    ]


def test_reasons_that_are_the_conclusion_are_said_once():
    same = replace(FINDING, why=(f" {RULING.conclusion}".strip(),))
    assert cms.html(same).count(RULING.conclusion) == 1


def test_another_voice_says_our_sentences_and_dates():
    voice = Voice(say="«{}»".format, day=lambda day: f"<{day}>")
    text = cms.html(replace(FINDING, replies=()), voice)
    assert "«Who said it:»" in text
    assert "&lt;2025-09-04&gt;" in text


@pytest.mark.parametrize(
    ("by", "said"),
    [
        (TranslatedBy.HUMAN, "(translated: “seven”)"),
        (TranslatedBy.MACHINE, "(translated by a machine: “seven”)"),
        (None, ""),
    ],
)
def test_a_translated_quote_says_who_translated_it(by, said):
    source = replace(SOURCE, quote_translation="seven" if by else None, translated_by=by)
    text = words_of(tree(cms.html(replace(FINDING, sources=(source,)))))
    assert said in text
    assert ("translated" in text) == bool(by)


def use(record, *, stance=Stance.REFUTES, source_id="a", title="Secret title"):
    return EvidenceRecord(
        source_id=source_id,
        kind=SourceKind.WEB,
        record=record,
        url="https://secret.example/",
        title=title,
        publisher="Secret publisher",
        published="2025",
        stance=stance,
        answers=Answers.SO,
        quote="Secret quote",
        locator="Secret page",
        note="Secret note",
        archive_url="https://secret.example/saved",
    )


def test_a_source_on_background_is_said_to_exist_and_nothing_else():
    [shown] = public_sources([use(SourceRecord.BACKGROUND)])
    assert shown == PublicSource(stance=Stance.REFUTES, answers=Answers.SO)
    text = cms.html(replace(FINDING, sources=(shown,)))
    assert "Contradicts it: a source known to us" in text
    assert "ecret" not in text


DESCRIBED = {
    "author": "Secret author",
    "source_type": SourceType.EXPERT,
    "interests": "Secret interests",
    "origin": "Secret origin",
    "figure": "Secret figure",
    "accessed_on": "2025-09-06",
    "set_number": 2,
}


@in_turn("name", list(DESCRIBED))
@in_turn("kind", [SourceKind.WEB, SourceKind.SEARCH])
def test_nothing_that_describes_a_source_kept_back_is_published(name, kind):
    told = {name: DESCRIBED[name], "kind": kind}
    shut = replace(use(SourceRecord.NOT_FOR_PUBLICATION), **told)
    behind = replace(use(SourceRecord.BACKGROUND), **told)
    assert public_sources([shut]) == ()
    assert public_sources([behind]) == (PublicSource(stance=Stance.REFUTES, answers=Answers.SO),)


def test_readers_are_told_whose_a_named_source_is_and_its_interests():
    named = replace(use(SourceRecord.ON_RECORD, title="Table 4"), **DESCRIBED)
    [shown] = public_sources([named])
    text = words_of(tree(cms.html(replace(FINDING, sources=(shown,)))))
    assert "Table 4, Secret author, Secret publisher, 2025, an expert, Secret page" in text
    assert "(Interests: Secret interests)" in text
    for word in ("Secret origin", "Secret figure", "2025-09-06"):
        assert word not in text


def test_a_search_that_found_nothing_is_told_as_one_and_backs_nothing():
    search = replace(
        use(SourceRecord.ON_RECORD, title="a record of the call"),
        kind=SourceKind.SEARCH,
        url=None,
        locator="two archives",
        accessed_on="2025-09-06",
    )
    found = replace(FINDING, sources=public_sources([search]))
    for text in (words_of(tree(cms.html(found))), words_of(rendered(cms.markdown(found)))):
        said = (
            "We searched for a record of the call on 2025-09-06 (two archives) and found nothing."
        )
        assert said in text
        for word in ("Contradicts it", "Secret note", "Secret quote"):
            assert word not in text


def test_a_source_that_is_not_for_publication_leaves_no_trace():
    assert public_sources([use(SourceRecord.NOT_FOR_PUBLICATION)]) == ()


@pytest.mark.parametrize("turn", [1, -1])
def test_where_checks_differ_about_a_source_the_strictest_holds(turn):
    open_use, shut = use(SourceRecord.ON_RECORD), use(SourceRecord.NOT_FOR_PUBLICATION)
    assert public_sources([open_use, shut][::turn]) == ()
    behind = use(SourceRecord.BACKGROUND, stance=Stance.CONTEXT)
    assert {one.is_named for one in public_sources([open_use, behind][::turn])} == {False}


def test_a_source_that_two_checks_used_alike_is_listed_once():
    uses = [use(SourceRecord.ON_RECORD), use(SourceRecord.ON_RECORD, title="Other")]
    assert [one.title for one in public_sources(uses)] == ["Secret title"]


def test_the_note_to_a_source_is_not_published():
    assert "note" not in cms.html(
        replace(FINDING, sources=public_sources([use(SourceRecord.ON_RECORD)]))
    )


@in_turn(
    "url",
    [
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            " javascript:x",
            "//x.example",
            "ftp://x.example",
        ),
        *("https://name:word@x.example/", "https://x.example/\nfoo", "", None),
    ],
)
def test_what_is_no_web_address_is_no_link(url):
    finding = replace(FINDING, sources=(replace(SOURCE, url=url, archive_url=url),), hops=())
    for root in (tree(cms.html(finding)), rendered(cms.markdown(finding))):
        assert "Table 4 [revised]" not in {words_of(a) for a in root.iter("a")}
        assert "Table 4 [revised]" in words_of(root)


@in_turn(
    "url",
    [
        "https://x.example/a_(b)_(c)",
        "https://x.example/?a=1&copy;=2&lt;=3",
        "https://x.example/a|b*c*_d_~e~",
        "https://x.example/%5B[x]'y'",
        "https://[::1]/x",
        'https://x.example/"onclick="x',
        "https://x.example/<b>",
        "https://x.example/a\\b`c`",
    ],
)
def test_an_address_survives_whatever_stands_in_it(url):
    blocks = [Paragraph([Words("See "), Words("this", url=url), Words(" and (more).")])]
    exact = {a.get("href") for a in tree(as_html(blocks)).iter("a")}
    assert exact == {url}
    [found] = rendered(as_markdown(blocks)).iter("a")
    spelled = {"|": "%7C", '"': "%22", "<": "%3C", ">": "%3E", "\\": "%5C", "`": "%60"}
    wanted = "".join(spelled.get(c, c) for c in url)
    assert found.get("href").replace("%5B", "[").replace("%5D", "]") == wanted.replace("%5B", "[")


def test_a_cry_before_a_link_makes_no_picture_of_it():
    line = [Words("Look!"), Words("this", url="https://x.example/")]
    root = rendered(as_markdown([Paragraph(line)]))
    assert [a.get("href") for a in root.iter("a")] == ["https://x.example/"]
    assert words_of(root) == "Look!this"


@settings(deadline=None)
@given(NASTY, NASTY, NASTY)
@example("Look!", "Look!", "1. x")
@example("---", "===", "+ x")
@example("a\n\n    b", "> c", "\\")
def test_no_text_becomes_anything_but_text(first, second, third):
    finding = replace(
        FINDING,
        text=first,
        hops=(hop(second, url="https://x.example/", role=third),),
        article_title=third,
        rulings=(replace(RULING, conclusion=second, short_text=third),),
        why=(third,),
        sources=(replace(SOURCE, title=first, quote=second, publisher=third),),
        replies=(PublicReply(first, third, None),),
        publisher_name=second,
    )
    for root in (tree(cms.html(finding)), rendered(cms.markdown(finding))):
        assert tags(root) <= ALLOWED
        assert {a.get("href", "")[:8] for a in root.iter("a")} <= {"https://"}
        attributes = {name for e in root.iter() for name in e.attrib}
        assert attributes <= {"href", "dir"}


@settings(deadline=None)
@given(NASTY, NASTY)
def test_every_word_of_a_line_can_be_read_as_it_was_written(first, second):
    blocks = [
        Paragraph([Words(first), Words(" "), Words(second)]),
        Points([[Words(second)], [Words(first)]]),
    ]
    wanted = plain(" ".join([first, second, second, first]))
    for root in (tree(as_html(blocks)), rendered(as_markdown(blocks))):
        assert plain(html_module.unescape(words_of(root))) == html_module.unescape(wanted)


@settings(deadline=None)
@given(NASTY)
def test_a_heading_and_a_quote_hold_their_words(text):
    blocks = [Title(text), Quote(text)]
    lines = " ".join(plain(line) for line in text.splitlines() if plain(line))
    root = rendered(as_markdown(blocks))
    assert plain(words_of(root)) == plain(f"{plain(text)} {lines}")
