"""From the links of a statement to the hops of a claim: order, modes, and no publisher."""

from collections.abc import Sequence

from app.extraction.agents import is_outlet
from app.extraction.candidate import Hop, Mode
from app.extraction.outlets import is_own
from app.extraction.quotation import quoted_share, touching
from app.extraction.sentences import Span
from app.extraction.statements import Link

_MOSTLY = 0.5


def hops(
    links: Sequence[Link], span: Span, quoted: tuple[Span, ...], *, own: frozenset[str]
) -> tuple[Hop, ...]:
    """The chain from the hop nearest the reader to the claimant; own voice gives none."""
    chain = _without_repeats([link for link in links if not is_own(link.agent.name, own)])
    speaker = _quoted_speaker(chain, span, quoted)
    return tuple(
        Hop(
            agent=link.agent.name,
            cue=link.cue,
            mode=_mode(link, is_last=at == len(chain) - 1, is_quoted=at == speaker),
            named=link.agent.named,
            kind=link.agent.kind,
            start=link.named.start if link.named else None,
            end=link.named.end if link.named else None,
        )
        for at, link in enumerate(chain)
    )


def _without_repeats(links: Sequence[Link]) -> list[Link]:
    """Nobody stands twice in a chain: the place nearest the claim holds."""
    return [
        link
        for at, link in enumerate(links)
        if link.agent.name not in {later.agent.name for later in links[at + 1 :]}
    ]


def _quoted_speaker(chain: Sequence[Link], span: Span, quoted: tuple[Span, ...]) -> int | None:
    """Whose words stand between the marks: the innermost source named outside of them."""
    if quoted_share(quoted, span) < _MOSTLY:
        return None
    holding = max(
        touching(quoted, span), key=lambda q: min(q.end, span.end) - max(q.start, span.start)
    )
    outside = [at for at, link in enumerate(chain) if not holding.start <= link.at < holding.end]
    spoken = [at for at in outside if not chain[at].relays]
    return max(spoken, default=None)


def _mode(link: Link, *, is_last: bool, is_quoted: bool) -> Mode:
    if is_quoted:
        return "direct"
    if link.agent.kind == "document":
        return "document"
    if not is_last and (link.relays or is_outlet(link.agent.name)):
        return "document"
    return "paraphrase"
