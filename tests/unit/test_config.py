"""Settings: read once, refused with a sentence."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.config import MEGABYTE, Settings, ensure_secret_key
from app.domain.errors import Refused

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


@pytest.mark.parametrize(
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


def test_reading_texts_and_settings_loads_no_web_framework():
    program = (
        "import sys, app, app.config, app.extraction.candidate\n"
        "print({'flask', 'werkzeug', 'jinja2', 'sqlalchemy'} & set(sys.modules))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )

    assert done.stdout.strip() == "set()"
