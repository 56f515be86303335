"""What a set of labelled articles and sentences is, and which of them may train weights."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.domain.errors import Invalid

# Under these names a set may train the weights that come with Assay: the licence that allows it,
# and whom to name.
LICENCES: Mapping[str, str] = MappingProxyType(
    {
        "training-data": "CC0-1.0 (training_data/README.md)",
        "written": "CC0-1.0 (tests/annotated/README.md)",
        "newssd-eng": "CC BY 4.0: Antici et al., A Corpus for Sentence-Level Subjectivity Detection "
        "on English News Articles, arXiv 2305.18034",
        "factcheck-bench": "Apache-2.0: Factcheck-Bench, github.com/yuxiaw/Factcheck-GPT",
    }
)
# SHA-256 of the files that go by a name of somebody else's: no other file trains under it.
KNOWN_FILES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "newssd-eng": frozenset(
            {
                "b623253a3ca1d8b91ddc87954a4c2c1f8cc9d76fe222bdef45c6edf8993251a6",
                "d4c45d2bbf76b57f88f347264cfc106cebe16a427baa13942da78839a0cb7fd9",
            }
        ),
        "factcheck-bench": frozenset(
            {
                "94f6ffcddbc87ca898540ab0bcffe018341b677e441f8217494ba4e80b664d6b",
                "8b2591e69f4b96f5b8c6dc9fd551c6d064ca41c2f2b1cc9b61f8473ac93faff0",
            }
        ),
    }
)
# Labels that say that something is worth checking, or can be checked at all.
WORTHY = frozenset({"2", "yes", "obj", "factual"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of an article, ``text[start:end]``, and their grade from 0 to 2."""

    start: int
    end: int
    grade: int


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article in which every claim is marked, and every sentence that holds none."""

    id: str
    text: str
    marks: tuple[Mark, ...]
    outlet: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence that stands alone, and its label in small letters as its set has it."""

    text: str
    label: str

    @property
    def is_worthy(self) -> bool:
        """Whether the label says that it is worth checking."""
        return self.label in WORTHY


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A file or a folder that was read.

    Attributes:
        articles: in the order of their ids.
        sentences: in the order of the files.
        files: SHA-256 of each file that was read, by its name in the folder.
        only_measures: whether its licence or its purpose forbids training on it.
    """

    articles: tuple[LabelledArticle, ...] = ()
    sentences: tuple[LabelledSentence, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    only_measures: bool = False

    def __len__(self) -> int:
        return len(self.articles) + len(self.sentences)


def trains_on(name: str, found: LabelledSet) -> LabelledSet:
    """The set, where weights may be trained on it at all.

    Raises:
        Invalid: it is one that only measures, whatever name it is given, or has the name of another.
    """
    if found.only_measures:
        raise Invalid("labelled.only-measures", name=name)
    known = KNOWN_FILES.get(name, frozenset(found.files.values()))
    strange = [file for file, sha256 in found.files.items() if sha256 not in known]
    if strange:
        raise Invalid("labelled.other-file", name=name, path=strange[0])
    return found
