"""Every page that is a list, first or deep, by what it shows."""

from sqlmodel import col, select

from app.domain.words import ClaimState
from app.storage.tables import Agent, Article, Claim, Comment, Source
from app.web.paging import place_of
from tests.list_desk import ListDesk

CLAIMS = "/projects/load/claims"
PAGES = {
    "claims, newest first": CLAIMS,
    "claims, newest first, deep": f"{CLAIMS}?after={{deep}}",
    "claims, first due first": f"{CLAIMS}?sort=due",
    "claims, first due first, deep": f"{CLAIMS}?sort=due&after={{deep_due}}",
    "… overdue": f"{CLAIMS}?due=overdue&sort=due",
    "… due in a week": f"{CLAIMS}?due=week&sort=due",
    "… without a date": f"{CLAIMS}?due=none",
    "… suggested": f"{CLAIMS}?state=suggested",
    "… to check": f"{CLAIMS}?state=to-do",
    "… to check, deep": f"{CLAIMS}?state=to-do&after={{deep}}",
    "… checked by me": f"{CLAIMS}?state=mine-done",
    "… to settle": f"{CLAIMS}?state=waiting",
    "… checked": f"{CLAIMS}?state=settled",
    "… dropped": f"{CLAIMS}?state=dropped",
    "… by verdict": f"{CLAIMS}?verdict=true",
    "… by verdict, deep": f"{CLAIMS}?verdict=true&after={{deep}}",
    "… by a verdict that none has": f"{CLAIMS}?verdict=half-true",
    "… by tag": f"{CLAIMS}?tag=EU",
    "… by tag, deep": f"{CLAIMS}?tag=EU&after={{deep}}",
    "… by article": f"{CLAIMS}?article={{article}}",
    "… by claimant": f"{CLAIMS}?claimant={{agent}}",
    "… by a name in the chain": f"{CLAIMS}?who=Speaker+17",
    "… by a name that nobody has": f"{CLAIMS}?who=Nobody",
    "… by words that many have": f"{CLAIMS}?text=trees",
    "… by words that many have, deep": f"{CLAIMS}?text=trees&after={{deep}}",
    "… by words that many have and a tag": f"{CLAIMS}?text=trees&tag=EU",
    "… by words that one has and a tag": f"{CLAIMS}?text=Town+77+has&tag=EU",
    "… by words that one has": f"{CLAIMS}?text=Town+77+has",
    "… by words that none has": f"{CLAIMS}?text=Pamphlet",
    "… by two letters": f"{CLAIMS}?text=qq",
    "… mine": f"{CLAIMS}?person=me",
    "… mine, deep": f"{CLAIMS}?person=me&after={{deep}}",
    "… not mine": f"{CLAIMS}?person=not-me",
    "… of a colleague": f"{CLAIMS}?person={{colleague}}",
    "… wants a second check": f"{CLAIMS}?left=second-check",
    "… nobody is left": f"{CLAIMS}?left=nobody",
    "… to update": f"{CLAIMS}?left=update",
    "… to publish": f"{CLAIMS}?left=publishing",
    "500 at once, looked at": f"{CLAIMS}/act?all=1",
    "suggestions to pick": "/projects/load/pick",
    "suggestions to pick, deep": "/projects/load/pick?after={deep_pick}",
    "articles": "/projects/load/articles",
    "articles, deep": "/projects/load/articles?after={deep_article}",
    "an article": "/articles/{article}",
    "sources": "/projects/load/sources",
    "sources, deep": "/projects/load/sources?after={deep_source}",
    "sources by words": "/projects/load/sources?text=trees",
    "sources by words that none has": "/projects/load/sources?text=Pamphlet",
    "a source": "/sources/{source}",
    "my checks": "/projects/load/reviews",
    "my checks, deep": "/projects/load/reviews?after={deep}",
    "to settle": "/projects/load/settle",
    "the same answers, looked at": "/projects/load/settle/unanimous?seed=1",
    "comments": "/projects/load/comments",
    "comments, resolved": "/projects/load/comments?show=resolved",
    "comments, mine": "/projects/load/comments?show=mine",
    "comments, asked": "/projects/load/comments?show=asked",
    "replies": "/projects/load/replies",
    "replies, all": "/projects/load/replies?show=all",
    "replies, answered": "/projects/load/replies?show=answered",
    "publications": "/projects/load/publications",
    "flags": "/projects/load/flags",
    "imports": "/projects/load/imports",
    "files": "/projects/load/exports/",
    "people": "/projects/load/people",
    "check-worthiness": "/projects/load/weights",
    "round, to be opened": "/projects/load/rounds/new",
    "batches": "/projects/load/batches",
    "agents": "/projects/load/agents",
    "an agent": "/agents/{agent}",
    "one claim with its history": "/claims/{claim}",
    "a claim with a long history": "/claims/{long}",
    "all projects": "/",
    "lead's page": "/projects/load/",
    "agreement": "/projects/load/agreement",
    "report": "/projects/load/report",
    "report of a month": "/projects/load/report?month=2024-11",
    "… on which two answers met": f"{CLAIMS}?met=true,false",
}


def names_of(desk: ListDesk) -> dict[str, str]:
    """The ids that addresses name: each of something that there is; and places half way down."""
    with desk.database.reading() as session:
        settled = select(Claim.public_id).where(Claim.state == ClaimState.SETTLED)
        middle = desk.claims[len(desk.claims) // 2]
        due = session.exec(
            select(Claim.due_at, Claim.id)
            .where(col(Claim.due_at).is_not(None), Claim.state == ClaimState.OPEN)
            .order_by(col(Claim.due_at))
            .offset(len(desk.claims) // 6)
        ).first()
        return {
            "article": session.exec(select(Article.public_id).order_by(col(Article.id))).first(),
            "agent": session.exec(select(Agent.public_id).order_by(col(Agent.id))).first(),
            "source": session.exec(select(Source.public_id).order_by(col(Source.id))).first(),
            "claim": session.exec(settled.order_by(col(Claim.id))).first(),
            "comment": session.exec(select(Comment.public_id).order_by(col(Comment.id))).first(),
            "long": desk.long_told,
            "colleague": desk.colleague.public_id,
            "deep": place_of([middle]),
            "deep_due": place_of([due[0].isoformat(), due[1]]),
            "deep_pick": place_of([0, 0.5, middle]),
            "deep_article": place_of([desk.articles[len(desk.articles) // 2]]),
            "deep_source": place_of([desk.sources[len(desk.sources) // 2]]),
        }
