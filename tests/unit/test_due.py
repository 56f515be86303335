"""When something is due: the spans that words mean, and the words for a moment."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale
from flask import Flask
from flask_babel import Babel

from app.domain.due import Due, DueSpan, day_span, end_of_day, span_of
from app.web.due import words
from tests.cases import in_turn

PARIS = ZoneInfo("Europe/Paris")
# Thursday, half past noon in Paris.
AT = datetime(2025, 9, 4, 10, 30, tzinfo=UTC)
MIDNIGHT = datetime(2025, 9, 3, 22, tzinfo=UTC)


@in_turn(
    ("word", "span"),
    [
        (Due.OVERDUE, DueSpan(ends=AT, is_late=True)),
        (Due.TODAY, DueSpan(begins=MIDNIGHT, ends=MIDNIGHT + timedelta(days=1))),
        (Due.WEEK, DueSpan(begins=MIDNIGHT, ends=MIDNIGHT + timedelta(days=7))),
        (Due.NONE, DueSpan(is_unset=True)),
    ],
)
def test_a_word_means_a_span_by_the_clock_of_the_project(word, span):
    assert span_of(word, at=AT, zone=PARIS) == span


def test_a_day_on_which_clocks_change_is_as_long_as_it_is():
    span = day_span("2025-10-26", zone=PARIS)
    assert span.ends - span.begins == timedelta(hours=25)


@in_turn("text", ["", "tomorrow", "2025-13-01", "0001-01-01", "9999-12-31"])
def test_what_is_no_day_means_nothing(text):
    assert day_span(text, zone=PARIS) is None


def test_the_end_of_a_day_is_in_that_day():
    span = day_span("2025-09-04", zone=PARIS)
    assert span.begins < end_of_day(date(2025, 9, 4), PARIS) < span.ends


@in_turn(
    ("due", "said"),
    [
        (datetime(2025, 9, 2, 21, 59, 59, tzinfo=UTC), "2 days overdue"),
        (datetime(2025, 9, 3, 21, 59, 59, tzinfo=UTC), "1 day overdue"),
        (datetime(2025, 9, 4, 8, 0, tzinfo=UTC), "overdue since 10:00"),
        (datetime(2025, 9, 4, 12, 0, tzinfo=UTC), "due today 14:00"),
        (datetime(2025, 9, 4, 21, 59, 59, tzinfo=UTC), "due today"),
        (datetime(2025, 9, 5, 21, 59, 59, tzinfo=UTC), "due tomorrow"),
        (datetime(2025, 9, 9, 12, 0, tzinfo=UTC), "due on Tue 14:00"),
        (datetime(2025, 9, 10, 21, 59, 59, tzinfo=UTC), "due on Wed"),
        (datetime(2025, 9, 11, 21, 59, 59, tzinfo=UTC), "due on 11 Sep 2025"),
    ],
)
def test_when_it_is_due_is_told_in_words(due, said):
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        assert words(due, at=AT, zone=PARIS, locale=Locale("en")) == said
