"""What an article calls a person besides the name: "the mayor", "the 43-year-old"."""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

from app.extraction import lexicon as lex
from app.extraction.agents import Agent, bare, without_possessive
from app.extraction.runs import Run
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

# More of one name or office than an article has that can be read; keeps every question short.
CROWD = 24
_LONGEST = 8
_COPULAS = word_set("is was became remains")
_ARTICLES = word_set("the a an his her their its one former")
_JOINTS = word_set(", and &")
_ENDS = frozenset({",", ".", ";", ":", "—", "–", "―", "--", "(", ")", "?", "!"})
_FORMS = word_set("mr mr. mrs mrs. ms ms. miss vice prime late sir dame")
# Who was president is not meant by "the president".
_PAST = frozenset({"former", "ex", "late", "then"})
# Other words for the same role; the first is how it may be written before a name.
_SAME = {
    "sen": "senator lawmaker legislator",
    "senator": "lawmaker legislator",
    "rep": "representative lawmaker legislator congressman congresswoman",
    "representative": "lawmaker legislator congressman congresswoman",
    "congressman": "lawmaker legislator representative",
    "congresswoman": "lawmaker legislator representative",
    "mp": "lawmaker legislator backbencher",
    "gov": "governor",
    "pres": "president",
    "prof": "professor",
    "dr": "doctor",
    "doctor": "physician",
    "physician": "doctor",
    "ceo": "chief executive boss",
    "executive": "ceo boss",
    "attorney": "lawyer",
    "lawyer": "attorney",
    "solicitor": "lawyer",
    "barrister": "lawyer",
    "pope": "pontiff",
    "king": "monarch",
    "queen": "monarch",
    "gen": "general",
    "col": "colonel",
    "capt": "captain",
    "lt": "lieutenant",
    "sgt": "sergeant",
    "det": "detective",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "co-founder": "founder",
    "striker": "player",
    "midfielder": "player",
    "defender": "player",
    "goalkeeper": "player",
    "defenseman": "player",
    "quarterback": "player",
    "pitcher": "player",
}
# "The general" is not the attorney general, "the president" not the vice president.
_UNLIKE = {
    "general": "attorney secretary solicitor",
    "president": "vice",
    "minister": "prime",
    "attorney": "general",
    "lawyer": "general",
    "executive": "",
    "secretary": "general",
}
_NEVER_DESCRIBES = (lex.PREPOSITIONS - lex.NOUN_LINKS) | lex.CONJUNCTIONS
_COUNSEL = word_set("lawyer attorney solicitor barrister counsel defender publicist agent")
# Several people: nobody by name is "the family".
_SEVERAL_AS_ONE = word_set(
    "family families couple team crew staff board band panel jury parents union club squad party"
)
_GROUP_ENDINGS = ("maker", "makers")


class Roles:
    """The roles and ages of the people of one article."""

    def __init__(self) -> None:
        self._by_head: dict[str, dict[str, set[str]]] = defaultdict(dict)
        self._by_age: dict[str, set[str]] = defaultdict(set)
        self.clients: dict[str, str] = {}

    def tie(self, name: str, said: Sequence[Sequence[str]]) -> None:
        """Remember what somebody was called."""
        for words in said:
            if words[-1].isdigit():
                self._by_age[words[-1]].add(name)
                continue
            whole = set(words)
            for word in words:
                whole |= set(_SAME.get(word, "").split())
            for head in _heads(words):
                self._by_head[head].setdefault(name, set()).update(whole)

    def represents(self, lawyer: str, words: Sequence[Token], run: Run) -> None:
        """Remember whose lawyer somebody is: "Lee's lawyer, Ann Cole", "Cole, Lee's lawyer"."""
        for at in _owners_near(words, run):
            owner, after = words[at], words[at + 1 : at + 4]
            if owner.is_capital and any(bare(word) in _COUNSEL for word in after):
                self.clients.setdefault(lawyer, without_possessive(owner.text))

    def fitting(self, agent: Agent, near: Sequence[str]) -> Set[str]:
        """Everybody whom a description fits; where a crowd has the role, of those named nearby."""
        if agent.age:
            return self._by_age.get(agent.age, set())
        words = [w.lower().rstrip(".") for w in agent.name.replace("’", "'").split()]
        if words and words[0] in _ARTICLES:
            words = words[1:]
        cut = next((i for i, w in enumerate(words) if w in lex.NOUN_LINKS), len(words))
        if not words[:cut]:
            return set()
        head = words[cut - 1]
        if head in _SEVERAL_AS_ONE:
            return set()
        known = self._by_head.get(head, {})
        pool = known if len(known) <= CROWD else known.keys() & set(near)
        return {name for name in pool if _fits(words, known[name], head=head)}


def _heads(words: Sequence[str]) -> set[str]:
    heads = {words[-1], *_SAME.get(words[-1], "").split()}
    heads |= {w for w in words if w in lex.TITLES}
    return heads - _FORMS | ({"minister"} & set(words))


def _fits(words: Sequence[str], known: Set[str], *, head: str) -> bool:
    """Whether every word of a description was said of somebody, or only tells the place."""
    unlike = set(_UNLIKE.get(head, "").split())
    unlike |= _PAST
    if unlike & known and not unlike & set(words):
        return False
    return all(
        word in known or word in lex.NATIONS | lex.NOUN_LINKS | {"the"} or word.endswith("'s")
        for word in words
    )


def _owners_near(words: Sequence[Token], run: Run) -> list[int]:
    """Where somebody's possessive stands right around a name."""
    low, high = max(0, run.first - 5), min(len(words), run.last + 4)
    return [at for at in range(low, high) if words[at].lower.endswith(("'s", "s'"))]


def names_group(said: Sequence[Sequence[str]]) -> bool:
    """Whether what is said of a name fits a company or an office and no person."""
    return any(
        words[-1] in lex.ORGANISATION_WORDS | lex.COMPANY_WORDS
        or words[-1].endswith(_GROUP_ENDINGS)
        for words in said
    )


def descriptions(words: Sequence[Token], run: Run) -> list[list[str]]:
    """What stands around a name about its bearer: titles, an age, a noun in apposition."""
    found = [_title(words, run.first), *_after(words, run.last), _before(words, run.first)]
    if run.words[0].lower in lex.ROYAL:
        found.append([run.words[0].lower])
    return [said for said in found if said]


def _title(words: Sequence[Token], first: int) -> list[str]:
    """The words of "chairman, CEO and president", "Attorney General", "carmaker" before a name."""
    low = first
    while low > 0 and first - low < _LONGEST and _is_role(words, low - 1):
        low -= 1
    while low < first and words[low].lower in _JOINTS:
        low += 1
    said = [bare(w).rstrip(".") for w in words[low:first] if w.kind == "word"]
    return [w for w in said if w not in _JOINTS] if said else []


def _is_role(words: Sequence[Token], at: int) -> bool:
    word = words[at]
    if word.lower in _JOINTS:
        return at > 0 and bare(words[at - 1]) in lex.TITLES and bare(words[at + 1]) in lex.TITLES
    if bare(word) in lex.TITLES | lex.ROLE_PARTS | lex.COMPANY_WORDS:
        return True
    # "financial planner Ann Lee": a plain noun right before the name.
    return word.kind == "word" and bare(word) in lex.SPEAKERS - lex.ORGANISATION_WORDS


def _after(words: Sequence[Token], last: int) -> Iterator[list[str]]:
    """An age and a noun after a name: ", 43, a lawyer for the port,"; "is the mayor of"."""
    at = last
    if at < len(words) and words[at].text == ",":
        at += 1
        if at < len(words) and words[at].text.isdigit():
            yield [words[at].text]
            at += 2
        said = _noun(words, at)
        if said:
            yield said
    elif at < len(words) and words[at].lower in _COPULAS:
        yield _noun(words, at + 1)
    elif [w.lower for w in words[at : at + 2]] == ["has", "been"]:
        yield _noun(words, at + 2)


def _noun(words: Sequence[Token], at: int) -> list[str]:
    """The noun phrase that begins here, up to its complement or the next mark."""
    if at >= len(words):
        return []
    determined = words[at].lower in _ARTICLES or words[at].lower.endswith("'s")
    said: list[str] = []
    for word in words[at : at + _LONGEST]:
        if word.text in _ENDS or word.lower in lex.PREPOSITIONS | lex.CONJUNCTIONS:
            break
        if lex.looks_finite(word.lower) and not word.is_capital and bare(word) not in lex.TITLES:
            return []
        said.append(bare(word).rstrip("."))
    else:
        return []
    said = [w for w in said if w not in _ARTICLES]
    titled = bool(said) and said[-1] in lex.TITLES
    return said if titled or (determined and said) else []


def _before(words: Sequence[Token], first: int) -> list[str]:
    """The noun in "the prime minister, Ann Lee, said"."""
    if first < 2 or words[first - 1].text != ",":
        return []
    low = first - 1
    while low > 0 and first - low <= _LONGEST and _may_describe(words[low - 1]):
        low -= 1
        if words[low].lower in _ARTICLES:
            break
    if low == first - 1 or not (words[low].lower in _ARTICLES or words[low].lower.endswith("'s")):
        return []
    said = words[low + 1 : first - 1]
    cut = next((i for i, w in enumerate(said) if w.lower in lex.NOUN_LINKS), len(said))
    return [bare(w) for w in said[:cut] if w.lower not in _ARTICLES]


def _may_describe(word: Token) -> bool:
    if word.kind != "word" or word.lower in _NEVER_DESCRIBES:
        return False
    return word.is_capital or not lex.looks_finite(word.lower) or bare(word) in lex.TITLES
