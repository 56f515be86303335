"""Passwords: how they are hashed for real, and which are taken."""

import pytest
from argon2 import PasswordHasher, Type

from app.auth import passwords
from app.domain.errors import Invalid
from tests.conftest import REAL_HASHER

OWASP_MINIMUM_KIB = 19 * 1024


@pytest.fixture
def real(monkeypatch):
    """The hasher that the desk uses outside of tests."""
    monkeypatch.setattr(passwords, "_hasher", REAL_HASHER)


def test_a_password_is_kept_as_argon2id_with_enough_memory(real):
    kept = passwords.hash_password("correct horse battery")

    assert kept.startswith("$argon2id$")
    assert REAL_HASHER.type is Type.ID
    assert REAL_HASHER.memory_cost >= OWASP_MINIMUM_KIB


def test_only_the_password_itself_opens(real):
    kept = passwords.hash_password("correct horse battery")

    assert passwords.is_password(kept, "correct horse battery")
    assert not passwords.is_password(kept, "Correct horse battery")
    assert not passwords.is_password(None, "correct horse battery")
    assert not passwords.is_password("no hash at all", "correct horse battery")


def test_the_same_letters_composed_otherwise_are_the_same_password():
    kept = passwords.hash_password("na\u00efve caf\u00e9 au lait")

    assert passwords.is_password(kept, "nai\u0308ve cafe\u0301 au lait")


def test_a_hash_of_weaker_parameters_is_renewed(real):
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("correct horse battery")

    assert passwords.needs_rehash(weak)
    assert not passwords.needs_rehash(passwords.hash_password("correct horse battery"))


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("eleven char", "password.short"),
        ("x" * 1_001, "password.long"),
        ("Ann@Example.org ", "password.email"),
    ],
)
def test_a_password_that_is_not_worth_one_is_refused(password, code):
    with pytest.raises(Invalid) as refused:
        passwords.check_new_password(password, email="ann@example.org")

    assert refused.value.code == code
