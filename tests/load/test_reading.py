"""How long reading takes, and that it grows with the length of the text. ``make load``.

The floor is what every reader must do at least: normalise the text and split it into sentences.
"""

import subprocess
import sys
import time
from itertools import pairwise

import pytest

from app.extraction import extract
from app.extraction.normalise import normalise
from app.extraction.sentences import paragraphs, sentences

pytestmark = pytest.mark.load

SIZES = (10_000, 100_000, 1_000_000)
ARTICLE = (
    "Lund sold 3 of its 12 ferries in 2019 and the harbour lost 40 million euros, the mayor, Ida Moe, "
    "told the Daily Coast on Monday.\n\n“We never asked for help,” she said. “Prices rose by 4 percent "
    "while wages fell from 20 to 18 euros an hour.”\n\nAccording to a report by the auditors, a council "
    "official said that the former mayor, Otto Lund, had ordered 30 buses that never arrived. The "
    "company, which denied it, closed two plants last year because of the strike, and 400 people lost "
    "their jobs.\n\n"
)
HOSTILE = {
    "news": ARTICLE,
    "one paragraph": ARTICLE.replace("\n\n", " "),
    "no sentence end": "the mayor said that prices rose by 4 percent and that the bank sold 3 ships ",
    "open marks": "“Prices rose by 4 percent. ",
    "straight marks": '"Prices rose by 4 percent," he said. ',
    "single marks": "'Prices rose by 4 percent,' he said. ",
    "said that": "he said that she said that ",
    "commas": "a, b, c and 4 d, ",
    "numbers": "4 1,000 $20-30bn 5% one in four ",
    "names": "Mr. A. B. Cee of the U.S. ",
    "and": "Ida Moe closed the plant and Otto Lund opened it and ",
    "brackets": "(a (b ",
    "bullets": "• The bridge closed on Tuesday.\n",
    "another script": "قالت الوزارة إن الأسعار ارتفعت بنسبة ٤ في المئة. ",
    "zero width": "a\u200bb\u0301 c\u200d ",
    "no blank": "word",
}
# Ten times the text may take so many times as long: caches and the collector cost something.
_MOST = 18
_PROGRAM = "from app.cli import main; main(['extract', '-'])"
_FLOOR = "from nupunkt import sent_spans; import sys; sent_spans(sys.stdin.read())"


def seconds(act):
    """Processor time, the best of three."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        act()
        taken.append(time.process_time() - began)
    return min(taken)


def floor(text):
    plain = normalise(text)
    for paragraph in paragraphs(plain):
        sentences(plain, paragraph)


def shown(capsys, line):
    with capsys.disabled():
        print(f"\n  {line}")  # noqa: T201 - a benchmark is for reading


def sized(unit, size):
    return (unit * (size // len(unit) + 1))[:size]


def test_an_article_of_a_thousand_words(capsys):
    words = ARTICLE.split(" ")
    text = sized(ARTICLE, len(ARTICLE) * 1_000 // len(words))
    extract(text)

    read, least = seconds(lambda: extract(text)), seconds(lambda: floor(text))

    shown(capsys, f"1,000 words: {read:.3f} s, {read / least:.0f} times the floor of {least:.3f} s")
    assert read < 200 * least


def test_one_article_from_start_to_end(capsys):
    text = sized(ARTICLE, 6_000)

    def run(program):
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", program], input=text, text=True, check=True, capture_output=True
        )
        return time.perf_counter() - began

    read = min(run(_PROGRAM) for _ in range(5))
    least = min(run(_FLOOR) for _ in range(5))

    shown(
        capsys, f"assay extract: {read:.2f} s, {read / least:.1f} times the floor of {least:.2f} s"
    )
    assert read < 16 * least


@pytest.mark.parametrize("name", HOSTILE)
def test_ten_times_the_text_takes_about_ten_times_as_long(name, capsys):
    extract(sized(HOSTILE[name], SIZES[0]), language="en")

    taken = []
    for size in SIZES:
        text = sized(HOSTILE[name], size)
        began = time.process_time()
        extract(text, language="en")
        taken.append(time.process_time() - began)

    growth = [later / max(earlier, 0.01) for earlier, later in pairwise(taken)]
    told = ", ".join(
        f"{size // 1000:,} kB {spent:.2f} s" for size, spent in zip(SIZES, taken, strict=True)
    )
    shown(
        capsys,
        f"{name}: {told}; ten times the text: {growth[0]:.0f}, {growth[1]:.0f} times the time",
    )
    assert max(growth) < _MOST


@pytest.mark.timeout(900)
def test_five_megabytes_of_one_paragraph_are_read(capsys):
    text = sized(HOSTILE["one paragraph"], 5_000_000)

    began = time.process_time()
    found = extract(text).candidates
    took = time.process_time() - began

    began = time.process_time()
    floor(text)
    least = time.process_time() - began

    shown(capsys, f"5 MB: {took:.0f} s, {took / least:.0f} times the floor; {len(found):,} claims")
    assert len(found) > 10_000
    assert all(
        claim.quote == text[claim.start : claim.end] for claim in found[:: len(found) // 100]
    )
