"""Asking a service, against one that answers well, badly, slowly and not at all."""

import socket
import time

import pytest

from app.config import ChatService
from app.domain.chat import Message
from app.domain.errors import Refused
from app.domain.sentences import SENTENCES
from app.fetching import chat
from app.fetching.chat import Line, ask
from tests.chat_server import KEY, MODEL, PATIENCE_SECONDS, ChatServer, claims

ASKED = [Message("system", "Read."), Message("user", "An article of the port.")]


@pytest.fixture
def server():
    server = ChatServer()
    yield server
    server.close()


def service(server, **values):
    return ChatService(
        url=f"{server.url}/v1/chat/completions?api=2", model="m-1", key=KEY, **values
    )


def asked(server, seconds=5.0, **values):
    return ask(service(server, **values), ASKED, seconds=seconds)


def refused(server, manner, seconds=5.0):
    server.manner = manner
    with pytest.raises(Refused) as refusal:
        asked(server, seconds)
    code = refusal.value.code
    assert code in SENTENCES
    assert refusal.value.values == {}
    assert KEY not in repr(refusal.getrepr(chain=True, showlocals=False))
    return code


def test_an_answer_comes_with_its_model_and_its_tokens(server):
    server.answers = [claims("a quote")]

    answer = asked(server, max_tokens=3_000)

    [(path, headers, question)] = server.asked
    assert (answer.text, answer.model) == (claims("a quote"), MODEL)
    assert (answer.tokens_in, answer.tokens_out) == (100, 20)
    assert path == "/v1/chat/completions?api=2"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert question["model"] == "m-1"
    assert question["max_tokens"] == 1_500
    assert question["messages"][1] == {"role": "user", "content": "An article of the port."}


def test_without_a_key_none_is_sent(server):
    ask(ChatService(url=f"{server.url}/x", model="m"), ASKED, seconds=5)

    assert "Authorization" not in server.asked[0][1]


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"usage": None},
        {"usage": {"prompt_tokens": -1, "completion_tokens": True}},
        {"usage": {"prompt_tokens": "9", "completion_tokens": 10**12}},
        # More than any question or answer can have.
        {"usage": {"prompt_tokens": 999_999_999, "completion_tokens": 999_999_999}},
    ],
)
def test_tokens_that_are_not_told_are_reckoned(server, more):
    server.more = more

    answer = asked(server)

    assert 5 < answer.tokens_in < 20
    assert 1 < answer.tokens_out < 20


@pytest.mark.parametrize("name", ["", 7, "x" * 500, "a\nb", f"model {KEY}"])
def test_a_name_of_a_model_that_is_none_is_not_taken(server, name):
    server.more = {"model": name}

    assert asked(server).model == "m-1"


def test_half_letters_do_no_harm(server):
    server.answers = ["\ud800 ok"]

    assert asked(server).text == " ok"


@pytest.mark.parametrize(
    ("manner", "code"),
    [
        (401, "chat.key"),
        (403, "chat.key"),
        (400, "chat.refused"),
        (404, "chat.refused"),
        (413, "chat.long"),
        (429, "chat.busy"),
        (500, "chat.failed"),
        (503, "chat.failed"),
        (204, "chat.refused"),
        ("redirect", "chat.moved"),
        ("huge", "chat.large"),
        ("says_huge", "chat.large"),
        ("cut_off", "chat.cut-off"),
        ("too_short", "chat.nonsense"),
        ("text", "chat.nonsense"),
        ("shape", "chat.nonsense"),
        ("list", "chat.nonsense"),
        ("gibberish", "chat.nonsense"),
        ("drop", "chat.unreachable"),
        ("unfinished", "chat.unfinished"),
    ],
)
def test_what_goes_wrong_has_a_name_and_tells_no_secret(server, manner, code):
    assert refused(server, manner) == code
    # Nothing is asked twice, and no redirect is followed.
    assert len(server.asked) == 1


@pytest.mark.parametrize("manner", ["silence", "dribble", "slow_head"])
def test_the_whole_call_ends_in_time_however_slowly_somebody_sends(server, manner):
    began = time.monotonic()

    assert refused(server, manner, PATIENCE_SECONDS) == "chat.timeout"

    # Far less than what the server would go on for.
    assert time.monotonic() - began < 10 * PATIENCE_SECONDS


def test_somebody_who_takes_the_call_and_says_nothing_is_left():
    with socket.create_server(("127.0.0.1", 0)) as mute:
        quiet = ChatService(url=f"http://127.0.0.1:{mute.getsockname()[1]}/x", model="m")
        with pytest.raises(Refused, match=r"chat\.timeout"):
            ask(quiet, ASKED, seconds=PATIENCE_SECONDS)


def test_where_nobody_listens_nobody_is_reached():
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    for url in (f"http://127.0.0.1:{port}/x", "http://no-such-host.invalid/x"):
        with pytest.raises(Refused, match=r"chat\.unreachable"):
            ask(ChatService(url=url, model="m"), ASKED, seconds=10)


def test_a_server_that_does_not_encrypt_is_not_trusted(server):
    url = server.url.replace("http://", "https://")
    with pytest.raises(Refused, match=r"chat\.untrusted"):
        ask(ChatService(url=f"{url}/x", model="m", key=KEY), ASKED, seconds=5)

    assert server.asked == []


def test_all_questions_together_end_in_time_too(server):
    line = Line(service(server, seconds=5), seconds=0.0)

    with pytest.raises(Refused, match=r"chat\.timeout"):
        line(ASKED)

    assert server.asked == []
    assert Line(service(server))(ASKED).model == MODEL
    assert chat.MOST_SECONDS <= 600
