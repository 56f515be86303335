"""Languages as short codes: fr, pt-BR, zh-Hant."""

import re

from app.domain.errors import Invalid

MAX_CODE = 20
_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def language_code(value: str | None) -> str | None:
    """The code of a language as typed, without blanks around it; blank is None.

    Raises:
        Invalid: it does not look like one.
    """
    value = (value or "").strip()
    if not value:
        return None
    if len(value) > MAX_CODE or _CODE.fullmatch(value) is None:
        raise Invalid("language.shape")
    return value
