"""A browser of a few lines, over real sockets: it keeps cookies and sends the token of a form."""

import re
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

PATIENCE = 30


class Browser:
    """``get`` and ``post`` answer with the status, the body and the address arrived at."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._jar = CookieJar()
        handlers = urllib.request.HTTPCookieProcessor(self._jar), Stay()
        self._opener = urllib.request.build_opener(*handlers)
        self._token = ""

    def get(self, path: str) -> tuple[int, str, str]:
        return self._open(urllib.request.Request(self.base + path))

    def post(self, path: str, **fields: str) -> tuple[int, str, str]:
        data = urllib.parse.urlencode(self.signed(fields)).encode()
        return self._open(urllib.request.Request(self.base + path, data=data))

    def signed(self, fields: dict[str, str]) -> dict[str, str]:
        """A form with the token of the last page."""
        return {"csrf_token": self._token, **fields}

    def head(self) -> dict[str, str]:
        """What goes before a form that is posted past this browser."""
        kept = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._jar)
        return {"Cookie": kept, "Content-Type": "application/x-www-form-urlencoded"}

    def sign_in(self, email: str, password: str) -> None:
        self.get("/sign-in")
        status, body, _place = self.post("/sign-in", email=email, password=password)
        assert status == 303, body
        self.get("/account")

    def _open(self, request: urllib.request.Request) -> tuple[int, str, str]:
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                status, body = answer.status, answer.read().decode()
                place = answer.headers.get("Location", "")
        except urllib.error.HTTPError as answer:
            with answer:
                status, body = answer.code, answer.read().decode()
                place = answer.headers.get("Location", "")
        found = re.search(r'name="csrf_token"\s+value="([^"]+)"', body)
        self._token = found[1] if found else self._token
        return status, body, place


class Stay(urllib.request.HTTPRedirectHandler):
    """Show where an answer leads instead of going there."""

    def redirect_request(self, *_args: object, **_more: object) -> None:
        return None
