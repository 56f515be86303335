"""Settings: read once, refused with a sentence."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.config import MEGABYTE, Settings, ensure_secret_key
from app.domain.errors import Refused
from tests.cases import in_turn

KEY = "k9Zt2Lw8Qx5Vb1Nm7Rj4Hc6Gf3Ds0Pa-"


def test_nothing_set_means_a_desk_for_this_machine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    settings = Settings.read({})

    assert settings.instance == tmp_path / "instance"
    assert settings.database_url == f"sqlite:///{tmp_path}/instance/assay.db"
    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", None, 2)
    assert (settings.url, settings.is_https, settings.proxies) == (None, False, 0)
    assert settings.max_upload_bytes == 20 * MEGABYTE
    assert settings.is_local


def test_everything_can_be_set(tmp_path):
    settings = Settings.read(
        {
            "ASSAY_INSTANCE": str(tmp_path),
            "ASSAY_DATABASE_URL": "postgresql://desk@db/assay",
            "ASSAY_SECRET_KEY": KEY,
            "ASSAY_HOST": "0.0.0.0",
            "ASSAY_PORT": " 8080 ",
            "ASSAY_WORKERS": "4",
            "ASSAY_URL": "https://desk.example.org/",
            "ASSAY_PROXIES": "1",
            "ASSAY_MAX_UPLOAD_MB": "5",
        }
    )

    assert settings.database_url == "postgresql+psycopg://desk@db/assay"
    assert (settings.secret_key, settings.port, settings.workers) == (KEY, 8080, 4)
    assert (settings.url, settings.is_https) == ("https://desk.example.org", True)
    assert (settings.proxies, settings.max_upload_bytes) == (1, 5 * MEGABYTE)
    assert not settings.is_local


def test_connections_to_a_server_have_limits_that_can_be_set():
    usual = Settings.read({}).connections

    assert (usual.size, usual.overflow, usual.wait_seconds, usual.renew_seconds) == (5, 5, 10, 1800)
    assert (usual.statement_seconds, usual.lock_seconds, usual.idle_seconds) == (30, 10, 15)
    named = {"ASSAY_POOL_SIZE": "2", "ASSAY_POOL_OVERFLOW": "0", "ASSAY_LOCK_SECONDS": "0"}
    found = Settings.read(named).connections
    assert (found.size, found.overflow, found.lock_seconds) == (2, 0, 0)


MAIL = {"ASSAY_URL": "https://desk.example.org", "ASSAY_MAIL_FROM": "desk@example.org"}


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 587, "", "", False)),
        ("smtps://mail.example.org/", ("mail.example.org", 465, "", "", True)),
        ("smtp://ann%40x:p%3Aw@mail:2525", ("mail", 2525, "ann@x", "p:w", False)),
    ],
)
def test_mails_go_where_the_address_says(address, known):
    mail = Settings.read({**MAIL, "ASSAY_SMTP_URL": address}).mail

    assert (mail.host, mail.port, mail.user, mail.password, mail.is_tls) == known
    assert mail.sender == "desk@example.org"
    assert "p:w" not in repr(mail)


@in_turn(
    ("variables", "name"),
    [
        ({"ASSAY_SMTP_URL": "http://mail:secret@x"}, "ASSAY_SMTP_URL"),
        ({"ASSAY_SMTP_URL": "smtp://"}, "ASSAY_SMTP_URL"),
        ({"ASSAY_SMTP_URL": "smtp://mail:secret"}, "ASSAY_SMTP_URL"),
        ({"ASSAY_SMTP_URL": "smtp://mail/secret"}, "ASSAY_SMTP_URL"),
        ({"ASSAY_MAIL_FROM": ""}, "ASSAY_MAIL_FROM"),
        ({"ASSAY_MAIL_FROM": "Desk"}, "ASSAY_MAIL_FROM"),
        ({"ASSAY_MAIL_FROM": "a@b.example\nBcc: c@d.example"}, "ASSAY_MAIL_FROM"),
        ({"ASSAY_URL": ""}, "ASSAY_URL"),
    ],
)
def test_mails_that_could_not_be_sent_stop_the_start(variables, name):
    with pytest.raises(Refused) as refused:
        Settings.read({**MAIL, "ASSAY_SMTP_URL": "smtp://mail.example.org", **variables})

    assert refused.value.values["name"] == name
    assert "secret" not in refused.value.values["reason"]


CHAT = {
    "ASSAY_CHAT_URL": "https://chat.example.org/v1/",
    "ASSAY_CHAT_MODEL": "small",
    "ASSAY_CHAT_KEY": "sk-secret",
}


def test_a_service_that_is_asked_can_be_set():
    prices = {"ASSAY_CHAT_PRICE_IN": "0.5", "ASSAY_CHAT_PRICE_OUT": "2", "ASSAY_CHAT_BUDGET": "3"}
    limits = {"ASSAY_CHAT_SECONDS": "20", "ASSAY_CHAT_MAX_TOKENS": "4000"}

    usual, chat = Settings.read(CHAT).chat, Settings.read({**CHAT, **prices, **limits}).chat

    assert (usual.url, usual.host) == ("https://chat.example.org/v1/chat/completions", chat.host)
    assert (usual.seconds, usual.max_tokens, usual.budget) == (60, 8_000, None)
    assert usual.cost(1_000_000, 1_000_000) == 0
    assert (chat.host, chat.model, chat.key) == ("chat.example.org", "small", "sk-secret")
    assert (chat.seconds, chat.max_tokens, chat.budget) == (20, 4_000, 3.0)
    assert chat.cost(2_000_000, 500_000) == 2.0
    assert "sk-secret" not in repr(Settings.read(CHAT))


@in_turn(
    ("address", "meant"),
    [
        ("https://a.example/v1/chat/completions", "https://a.example/v1/chat/completions"),
        ("https://a.example?api=1", "https://a.example/chat/completions?api=1"),
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1/chat/completions"),
        ("http://[::1]:8080", "http://[::1]:8080/chat/completions"),
    ],
)
def test_questions_go_where_the_format_has_them(address, meant):
    assert Settings.read({**CHAT, "ASSAY_CHAT_URL": address}).chat.url == meant


@in_turn(
    ("name", "value"),
    [
        ("ASSAY_CHAT_URL", "http://chat.example.org/v1"),
        ("ASSAY_CHAT_URL", "http://127.0.0.1.example.org/"),
        ("ASSAY_CHAT_URL", "ftp://chat.example.org"),
        ("ASSAY_CHAT_URL", "https://me:sk-secret@chat.example.org"),
        ("ASSAY_CHAT_URL", "https://chat.example.org:port"),
        ("ASSAY_CHAT_URL", "https://"),
        ("ASSAY_CHAT_URL", "https://a.example/ b"),
        ("ASSAY_CHAT_URL", "https://a.example/#b"),
        ("ASSAY_CHAT_MODEL", ""),
        ("ASSAY_CHAT_MODEL", "m" * 201),
        ("ASSAY_CHAT_KEY", "sk-secret\r\nX-Other: 1"),
        ("ASSAY_CHAT_KEY", "sk-secret ö"),
        ("ASSAY_CHAT_SECONDS", "0"),
        ("ASSAY_CHAT_SECONDS", "301"),
        ("ASSAY_CHAT_MAX_TOKENS", "100"),
        ("ASSAY_CHAT_PRICE_IN", "-1"),
        ("ASSAY_CHAT_PRICE_OUT", "nan"),
        ("ASSAY_CHAT_BUDGET", "1,5"),
        # a budget without prices
        ("ASSAY_CHAT_BUDGET", "1"),
    ],
)
def test_a_service_that_could_not_be_asked_stops_the_start(name, value):
    with pytest.raises(Refused) as refused:
        Settings.read({**CHAT, name: value})

    assert refused.value.values["name"] == name
    assert "secret" not in refused.value.values["reason"]


def test_without_an_address_nobody_is_asked():
    assert Settings.read({**CHAT, "ASSAY_CHAT_URL": ""}).chat is None


def test_pages_are_fetched_within_limits_and_only_from_the_open_net():
    fetch = Settings.read({}).fetch

    assert (fetch.seconds, fetch.max_bytes, fetch.allow) == (30, 20 * MEGABYTE, ())
    assert fetch.contact == ""


def test_limits_and_the_house_s_own_network_can_be_set():
    said = "10.1.2.3:8080, 10.7.0.0/16 ,192.168.0.1/32:80,fd00::5,[fd00:1::/32]:443,[::1]"
    fetch = Settings.read(
        {
            "ASSAY_FETCH_SECONDS": "5",
            "ASSAY_FETCH_MAX_MB": "2",
            "ASSAY_FETCH_ALLOW": said,
            "ASSAY_URL": "https://desk.example.org",
        }
    ).fetch

    assert (fetch.seconds, fetch.max_bytes) == (5, 2 * MEGABYTE)
    assert fetch.contact == "https://desk.example.org"
    assert fetch.allow == (
        ("10.1.2.3/32", 8080),
        ("10.7.0.0/16", None),
        ("192.168.0.1/32", 80),
        ("fd00::5/128", None),
        ("fd00:1::/32", 443),
        ("::1/128", None),
    )


@in_turn(
    ("name", "value"),
    [
        ("ASSAY_FETCH_SECONDS", "0"),
        ("ASSAY_FETCH_SECONDS", "121"),
        ("ASSAY_FETCH_MAX_MB", "201"),
        ("ASSAY_FETCH_ALLOW", "archive.internal"),
        ("ASSAY_FETCH_ALLOW", "10.1.2.3:"),
        ("ASSAY_FETCH_ALLOW", "10.1.2.3:99999"),
        ("ASSAY_FETCH_ALLOW", "10.1.2.3/8"),
        ("ASSAY_FETCH_ALLOW", "10.0.0.0/8, 010.0.0.1"),
        ("ASSAY_FETCH_ALLOW", "0.0.0.0/0"),
        ("ASSAY_FETCH_ALLOW", "::/0"),
        ("ASSAY_FETCH_ALLOW", "[fd00::5"),
        ("ASSAY_FETCH_ALLOW", "fe80::1%eth0"),
    ],
)
def test_limits_that_are_none_stop_the_start(name, value):
    with pytest.raises(Refused) as refused:
        Settings.read({name: value})

    assert refused.value.values["name"] == name


def test_without_a_mail_server_there_is_none():
    assert Settings.read({}).mail is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        # no number, or out of range
        ("ASSAY_PORT", "http"),
        ("ASSAY_PORT", "0"),
        ("ASSAY_PORT", "65536"),
        ("ASSAY_PORT", "²"),
        ("ASSAY_WORKERS", "0"),
        ("ASSAY_WORKERS", "-1"),
        ("ASSAY_PROXIES", "11"),
        ("ASSAY_MAX_UPLOAD_MB", "1.5"),
        # keys that are none
        ("ASSAY_SECRET_KEY", "short"),
        ("ASSAY_SECRET_KEY", "please-changeme-please-changeme-please"),
        ("ASSAY_SECRET_KEY", "a" * 64),
        # addresses that are none
        ("ASSAY_URL", "desk.example.org"),
        ("ASSAY_URL", "ftp://desk.example.org"),
        ("ASSAY_URL", "https://"),
        ("ASSAY_URL", "https://desk.example.org:port"),
        ("ASSAY_URL", "https://desk.example.org/assay"),
        ("ASSAY_URL", "https://me:pass@desk.example.org"),
        ("ASSAY_HOST", "http://127.0.0.1"),
        ("ASSAY_HOST", "127.0.0.1:5000"),
        ("ASSAY_DATABASE_URL", "mysql://db/assay"),
    ],
)
def test_a_bad_value_is_refused_by_name(tmp_path, name, value):
    with pytest.raises(Refused) as refusal:
        Settings.read({"ASSAY_INSTANCE": str(tmp_path), name: value})

    assert refusal.value.code == "settings.bad"
    assert refusal.value.values["name"] == name
    assert str(refusal.value.values["reason"]).endswith(".")


def test_a_secret_is_never_in_the_text_of_the_settings(tmp_path):
    assert KEY not in repr(Settings(instance=tmp_path, database_url="", secret_key=KEY))


def test_a_key_is_made_once_for_the_owner_alone(tmp_path):
    environ = {"ASSAY_INSTANCE": str(tmp_path / "new")}

    first = ensure_secret_key(Settings.read(environ))
    second = ensure_secret_key(Settings.read(environ))

    path = tmp_path / "new" / "secret_key"
    assert len(first.secret_key) >= 32
    assert first.secret_key == second.secret_key == path.read_text().strip()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_that_somebody_just_made_is_not_overwritten(tmp_path):
    settings = Settings.read({"ASSAY_INSTANCE": str(tmp_path)})
    (tmp_path / "secret_key").write_text(KEY)

    assert ensure_secret_key(settings).secret_key == KEY


def test_a_key_that_is_set_leaves_no_file(tmp_path):
    environ = {"ASSAY_INSTANCE": str(tmp_path / "new"), "ASSAY_SECRET_KEY": KEY}

    ensure_secret_key(Settings.read(environ))

    assert not (tmp_path / "new").exists()


def test_an_empty_key_file_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("app.config.KEY_PATIENCE_SECONDS", 0.02)
    (tmp_path / "secret_key").touch()

    with pytest.raises(Refused, match=r"settings\.bad"):
        ensure_secret_key(Settings.read({"ASSAY_INSTANCE": str(tmp_path)}))


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(Refused) as refusal:
        ensure_secret_key(Settings.read({"ASSAY_INSTANCE": str(tmp_path / "file")}))

    assert refusal.value.values["name"] == "ASSAY_INSTANCE"


def printed_by(program):
    """What a process of its own says that runs a program."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    return done.stdout.strip()


def test_reading_texts_and_settings_loads_no_web_framework():
    program = (
        "import sys, app, app.config, app.extraction.candidate\n"
        "print({'flask', 'werkzeug', 'jinja2', 'sqlalchemy'} & set(sys.modules))"
    )

    assert printed_by(program) == "set()"


def test_a_desk_starts_without_what_few_requests_need(tmp_path):
    program = (
        "import sys; from app import create_app; from app.config import Settings\n"
        f"create_app(Settings.read({{'ASSAY_INSTANCE': {str(tmp_path)!r}}}))\n"
        "slow = {'numpy', 'lxml', 'alembic', 'app.extraction.reading', 'app.extraction.quantities',\n"
        "    'feedparser', 'trafilatura', 'pypdf', 'psycopg'}\n"
        "print(slow & set(sys.modules))"
    )

    assert printed_by(program) == "set()"
