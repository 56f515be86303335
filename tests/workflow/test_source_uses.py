"""What rests on a source, told to nobody who could be swayed by it."""

import pytest
from sqlmodel import select

from app.domain.actors import CONSOLE, SYSTEM
from app.domain.errors import Missing
from app.domain.evidence_words import CopyState, CopyWhy, FlagReason, SourceStanding, SourceType
from app.domain.ids import now
from app.domain.words import Decides, Erasable, GoldUse, Role
from app.storage.copies import copied_source
from app.storage.flags import WORST_FIRST, flags_of_claim, number_flagged, standing_flags
from app.storage.reviews import evidence_of
from app.storage.source_lists import SourceFilter, sources_from
from app.storage.source_uses import may_see_source, resting, uses_of
from app.storage.source_words import (
    NOTED_ONLY,
    earlier_words,
    findings_of,
    likely_mates,
    mates,
    shown_source,
)
from app.storage.sources import doubted, offered_sources
from app.storage.tables import Flag, Project, Review, ReviewVersion, SavedCopy, Source
from app.workflow.copies import ask_copy
from app.workflow.erasures import erase
from app.workflow.flags import raise_flags
from app.workflow.gold import GoldValues, set_gold
from app.workflow.source_changes import find_source, set_origin
from app.workflow.sources import SourceValues, note_source
from tests.scenes import LEADS, SOURCE, Scene
from tests.work import counted

MINE = SourceValues(url=SOURCE.url, title="In my words", origin="Wire", source_type="media")


def page(name, **values):
    return SourceValues(url=f"https://{name}.example/", title=name.title(), **values)


def source_of(scene, number=0):
    return scene.rows(Source)[number].public_id


def claims_told(scene, actor, source_id):
    return {line.claim.claim.public_id for line in scene.ask(uses_of, actor, source_id)}


def titles(scene, actor, **wanted):
    lines = scene.ask(sources_from, actor, scene.id, wanted=SourceFilter(**wanted)).lines
    return [line.words.title for line in lines]


@pytest.fixture
def blind(database):
    """Two check each claim without knowing of the other."""
    return Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)


@pytest.fixture
def open_desk(database):
    """One checks, another signs off."""
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


def test_who_could_still_check_knows_of_no_source_that_only_others_linked(blind):
    blind.claim()
    ben = blind.person("Ben", Role.REVIEWER)
    blind.check(ben, sources=[SOURCE])
    source_id = source_of(blind)
    swayable = [
        blind.person("Kim", Role.REVIEWER),
        blind.person("Lea", Role.REVIEWER, *LEADS),
        blind.person("Ada", admin=True),
    ]

    for actor in swayable:
        assert not blind.ask(may_see_source, actor, source_id)
        assert blind.ask(uses_of, actor, source_id) == []
        assert titles(blind, actor) == []
        with pytest.raises(Missing, match=r"source\.missing"):
            blind.ask(shown_source, actor, source_id)
    assert blind.ask(may_see_source, ben, source_id)
    assert blind.ask(may_see_source, blind.person("Jo", *LEADS), source_id)


def test_who_linked_it_too_is_told_of_their_own_use_in_their_own_words(blind):
    first, second = blind.claim(), blind.claim()
    ben, kim = blind.reviewers("Ben", "Kim")
    theirs = SourceValues(url=SOURCE.url, title="In the words of another", origin="Agency")
    blind.check(ben, sources=[theirs])
    blind.check(ben, sources=[theirs])
    blind.check(kim, sources=[MINE])
    source_id = source_of(blind)

    shown = blind.ask(shown_source, kim, source_id)
    assert (shown.words.title, shown.own_words, shown.version) == ("In my words", False, 0)
    assert blind.ask(findings_of, shown) == blind.ask(earlier_words, shown) == []
    assert blind.ask(mates, kim, shown) == blind.ask(likely_mates, kim, shown) == []
    assert claims_told(blind, kim, source_id) == {first}
    assert blind.ask(resting, kim, [shown.id])[shown.id].claims == 1
    assert claims_told(blind, ben, source_id) == {first, second}
    assert titles(blind, kim) == ["In my words"]
    assert titles(blind, kim, text="another") == titles(blind, kim, text="agency") == []
    assert titles(blind, kim, text="wire") == ["In my words"]
    assert titles(blind, kim, origin="Wire", source_type=SourceType.MEDIA) == ["In my words"]


def test_who_noted_a_page_knows_that_it_is_there_and_nothing_of_others(blind):
    blind.claim()
    ben, kim = blind.reviewers("Ben", "Kim")
    theirs = SourceValues(
        url=f"{SOURCE.url}?utm_source=wire", title="In the words of another", publisher="Agency"
    )
    blind.check(ben, sources=[theirs])

    lead = blind.person("Lea", *LEADS)
    blind.do(
        find_source, lead, source_of(blind), standing=SourceStanding.UNRELIABLE, reason="Withdrawn"
    )
    source_id = blind.do(note_source, kim, blind.id, row=MINE)

    assert source_id == source_of(blind)
    assert blind.ask(may_see_source, kim, source_id)
    shown = blind.ask(shown_source, kim, source_id)
    assert (shown.is_noted_only, shown.own_words, shown.version) == (True, False, 0)
    assert (shown.url, shown.words) == (SOURCE.url, NOTED_ONLY)
    assert shown.standing is SourceStanding.SOUND
    assert blind.ask(copied_source, kim, source_id).title == ""
    assert blind.ask(uses_of, kim, source_id) == titles(blind, kim) == []
    assert blind.ask(findings_of, shown) == blind.ask(mates, kim, shown) == []
    for other in (blind.person("Otto", Role.REVIEWER), blind.person("Vera", Role.VIEWER)):
        assert not blind.ask(may_see_source, other, source_id)
        assert blind.ask(copied_source, other, source_id) is None


def test_how_the_first_one_spelled_a_link_is_theirs(blind):
    """Each checks the claim, neither knows of the other: the second reads no ``utm_source``."""
    blind.claim()
    ben, kim = blind.reviewers("Ben", "Kim")
    tracked = f"{SOURCE.url}?utm_source=wire#top"
    own = blind.check(ben, sources=[SourceValues(url=tracked, title="Theirs")])
    review_id = blind.check(kim, sources=[MINE])
    source_id = source_of(blind)

    def link(review):
        with blind.database.reading() as session:
            [row] = [r for r in session.exec(select(Review)) if r.public_id == review]
            version = select(ReviewVersion.id).where(ReviewVersion.review_id == row.id)
            [[use]] = evidence_of(session, session.exec(version).all()).values()
        return use.url

    assert (link(own), link(review_id)) == (tracked, SOURCE.url)
    for actor, url in ((ben, tracked), (kim, SOURCE.url)):
        assert blind.ask(shown_source, actor, source_id).url == url
        assert blind.ask(copied_source, actor, source_id).url == url
        [line] = blind.ask(sources_from, actor, blind.id).lines
        assert line.url == url
        mine = [use for use in blind.ask(uses_of, actor, source_id) if use.is_mine]
        assert [use.use.url for use in mine] == [url]
    assert titles(blind, kim, text="utm_source") == []
    blind.change(Project, blind.project.public_id, saves_copies=True)
    copy_id = blind.do(ask_copy, kim, source_id, why=CopyWhy.ASKED)
    assert [row.url for row in blind.rows(SavedCopy) if row.public_id == copy_id] == [SOURCE.url]


def test_a_claim_that_is_settled_tells_everybody(blind):
    claim_id = blind.claim()
    ben, kim = blind.reviewers("Ben", "Kim")
    blind.check(ben, "false", sources=[SOURCE])
    viewer = blind.person("Vera", Role.VIEWER)
    assert not blind.ask(may_see_source, viewer, source_of(blind))
    blind.check(kim, "false")

    assert blind.claim_row(claim_id).state == "settled"
    for actor in (viewer, kim, blind.person("Otto", Role.REVIEWER)):
        assert claims_told(blind, actor, source_of(blind)) == {claim_id}
        assert titles(blind, actor) == ["Figures"]


def test_a_stranger_is_told_nothing(open_desk):
    open_desk.claim()
    open_desk.check(open_desk.person("Kim", Role.REVIEWER), sources=[SOURCE])
    stranger = Scene(open_desk.database, slug="other").person("Eve", *LEADS)

    assert not open_desk.ask(may_see_source, stranger, source_of(open_desk))
    assert not open_desk.ask(may_see_source, stranger, "a" * 12)


def test_checks_of_a_claim_whose_answer_is_known_tell_only_who_knows_which_they_are(open_desk):
    scene = open_desk
    known = scene.claim()
    editor, settler = scene.person("Edi", Role.EDITOR), scene.person("Jo", Role.ADJUDICATOR)
    answer = GoldValues(use=GoldUse.TRAINING, verdict="false", explanation="The tables say so.")
    scene.do(set_gold, editor, known, values=answer)
    scene.check(scene.person("Kim", Role.REVIEWER), sources=[SOURCE])
    source_id = source_of(scene)

    assert scene.ask(may_see_source, editor, source_id)
    assert not scene.ask(may_see_source, settler, source_id)
    assert titles(scene, settler) == []
    assert titles(scene, editor) == ["Figures"]


def test_only_the_last_version_of_a_check_rests_on_a_source(open_desk):
    scene = open_desk
    claim_id = scene.claim()
    kim = scene.person("Kim", Role.REVIEWER)
    review_id = scene.check(kim, sources=[SOURCE])
    scene.submit(kim, review_id, base_version=1, sources=[page("other")])
    lead = scene.person("Lea", *LEADS)

    assert claims_told(scene, lead, source_of(scene)) == set()
    assert claims_told(scene, lead, source_of(scene, 1)) == {claim_id}
    # Who linked it themselves finds it again; who settles is not shown what was taken out.
    assert titles(scene, kim) == ["Other", "Figures"]
    assert not scene.ask(may_see_source, scene.person("Vera", Role.VIEWER), source_of(scene))


def test_a_list_is_cut_down_and_comes_in_parts(open_desk):
    scene = open_desk
    scene.claim()
    names = ("one", "two", "three")
    scene.check(
        scene.person("Kim", Role.REVIEWER),
        sources=[
            page(name, source_type=SourceType.MEDIA if name == "two" else None) for name in names
        ],
    )
    lead = scene.person("Lea", *LEADS)
    by_title = {row.title: row for row in scene.rows(Source)}
    scene.do(
        find_source, lead, by_title["One"].public_id, standing=SourceStanding.RETIRED, reason="Why"
    )
    scene.do(set_origin, lead, scene.id, [by_title["Three"].public_id], origin="Reuters")
    keep_copy(scene, by_title["Two"], "same")

    newest_first = titles(scene, lead)
    assert sorted(newest_first) == ["One", "Three", "Two"]
    assert titles(scene, lead, standing=SourceStanding.RETIRED) == ["One"]
    assert titles(scene, lead, source_type=SourceType.MEDIA) == ["Two"]
    assert titles(scene, lead, origin="Reuters") == titles(scene, lead, text="reut") == ["Three"]
    assert titles(scene, lead, text="two.example") == ["Two"]
    assert "Two" not in titles(scene, lead, unsaved=True)
    first = scene.ask(sources_from, lead, scene.id, limit=1).lines
    rest = scene.ask(sources_from, lead, scene.id, after=first[-1].place).lines
    assert [line.words.title for line in (*first, *rest)] == newest_first
    assert [line.rests.claims for line in rest] == [1, 1]


def keep_copy(scene, source, text):
    """A saved copy of a source, which says something."""
    with scene.database.write() as session:
        session.add(
            SavedCopy(
                project_id=scene.id,
                source_id=source.key,
                why=CopyWhy.ASKED,
                state=CopyState.SAVED,
                sha256="0" * 64,
                text=text,
                text_sha256=text.ljust(64, "0"),
                ended_at=now(),
            )
        )


def test_sources_whose_copies_say_the_same_are_offered_as_copies_of_one(open_desk):
    scene = open_desk
    scene.claim()
    scene.check(
        scene.person("Kim", Role.REVIEWER), sources=[page(n) for n in ("one", "two", "three")]
    )
    lead = scene.person("Lea", *LEADS)
    one, two, three = sorted(scene.rows(Source), key=lambda row: row.title != "One")
    keep_copy(scene, one, "same")
    keep_copy(scene, two, "same")
    keep_copy(scene, three, "another")

    def asked(question):
        return [
            line.public_id
            for line in scene.ask(question, lead, scene.ask(shown_source, lead, one.public_id))
        ]

    assert (asked(likely_mates), asked(mates)) == ([two.public_id], [])

    scene.do(set_origin, lead, scene.id, [one.public_id, two.public_id], origin="Reuters")

    assert (asked(likely_mates), asked(mates)) == ([], [two.public_id])


def test_a_retired_source_is_offered_to_nobody(open_desk):
    scene = open_desk
    claim_id = scene.claim()
    kim, lead = scene.person("Kim", Role.REVIEWER), scene.person("Lea", *LEADS)
    scene.check(kim, sources=[SOURCE])
    article = {"project_id": scene.id, "article_id": scene.claim_row(claim_id).article_id}
    source_id = source_of(scene)

    scene.do(find_source, lead, source_id, standing=SourceStanding.RETIRED, reason="Why")

    assert scene.ask(offered_sources, kim, **article) == []


def marked(scene, *reasons):
    with scene.database.write() as session:
        for reason in reasons:
            raise_flags(session, SYSTEM, session.get_one(Source, scene.rows(Source)[0].key), reason)


def test_marks_come_worst_first_and_in_parts(open_desk):
    scene = open_desk
    claim_id = scene.claim()
    scene.check(scene.person("Kim", Role.REVIEWER), sources=[SOURCE])
    lead = scene.person("Lea", *LEADS)
    marked(scene, *reversed(WORST_FIRST))

    lines = scene.ask(standing_flags, lead, scene.id)
    assert [line.reason for line in lines] == list(WORST_FIRST)
    assert {line.source_title for line in lines} == {"Figures"}
    rest = scene.ask(standing_flags, lead, scene.id, after=lines[2].place)
    assert [line.reason for line in rest] == list(WORST_FIRST)[3:]
    assert scene.ask(number_flagged, lead, [scene.id]) == {scene.id: 1}
    assert len(scene.ask(flags_of_claim, lead, scene.claim_row(claim_id).key)) == len(WORST_FIRST)


def test_what_came_of_looking_again_is_blanked_with_its_source(open_desk):
    scene = open_desk
    scene.claim()
    scene.check(scene.person("Kim", Role.REVIEWER), sources=[SOURCE])
    marked(scene, FlagReason.PAGE_GONE)
    with scene.database.write() as session:
        mark = session.exec(select(Flag)).one()
        mark.cleared_at, mark.cleared_note = now(), "The ministry named somebody"

    scene.do(erase, CONSOLE, Erasable.SOURCE, source_of(scene), reason="Court order")

    assert [(row.cleared_note, row.cleared_at is None) for row in scene.rows(Flag)] == [("", False)]


def test_who_could_still_check_is_told_of_no_mark(blind):
    claim_id = blind.claim()
    blind.check(blind.person("Ben", Role.REVIEWER), sources=[SOURCE])
    marked(blind, FlagReason.PAGE_GONE)
    key = blind.claim_row(claim_id).key

    for actor in (blind.person("Lea", Role.REVIEWER, *LEADS), blind.person("Ada", admin=True)):
        assert blind.ask(flags_of_claim, actor, key) == []
        assert blind.ask(standing_flags, actor, blind.id) == []
        assert blind.ask(number_flagged, actor, [blind.id]).get(blind.id, 0) == 0
    assert len(blind.ask(flags_of_claim, blind.person("Jo", *LEADS), key)) == 1
    assert len(blind.rows(Flag)) == 1


@pytest.mark.parametrize("who", ["lead", "checker"])
def test_questions_do_not_grow_with_what_is_there(open_desk, who):
    scene = open_desk
    kim, lead = scene.person("Kim", Role.REVIEWER), scene.person("Lea", *LEADS)
    actor = {"lead": lead, "checker": kim}[who]

    def number_of_questions():
        with counted(scene.database) as sent:
            scene.ask(sources_from, actor, scene.id)
            scene.ask(uses_of, actor, source_of(scene))
            scene.ask(standing_flags, actor, scene.id)
        return len(sent)

    scene.claim()
    scene.check(kim, sources=[SOURCE])
    marked(scene, FlagReason.PAGE_GONE)
    few = number_of_questions()
    for n in range(6):
        scene.claim()
        scene.check(kim, sources=[SOURCE, page(f"more-{n}")])
    marked(scene, *WORST_FIRST)

    assert number_of_questions() == few


def test_that_a_page_is_doubted_tells_nobody_that_another_one_linked_it(database):
    scene = Scene(database, slug="blind")
    ada, ben = scene.reviewers("Ada", "Ben")
    lead = scene.person("Lea", *LEADS)
    scene.claim()
    mine = scene.take(ben)
    scene.check(ada, sources=(SOURCE,))
    retired = SourceStanding.RETIRED
    scene.do(find_source, lead, source_of(scene), standing=retired, reason="It was withdrawn.")
    scene.do(note_source, ben, scene.id, row=SOURCE)
    told = [scene.ask(doubted, actor, scene.id, [SOURCE.url]) for actor in (ada, ben, lead)]
    assert told == [{SOURCE.url: retired}, {}, {SOURCE.url: retired}]
    scene.submit(ben, mine, sources=(SOURCE,))
    assert scene.ask(doubted, ben, scene.id, [SOURCE.url]) == {SOURCE.url: retired}
