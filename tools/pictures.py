"""Take the pictures of ``docs/images`` from the demonstration desk: ``make pictures``.

Starts a desk of its own in a temporary folder and looks at its main pages as three people would: by
day, by night, and on a phone of 390 pixels.
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from evidence import add_evidence, settings_of
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
ASSAY = Path(sys.executable).with_name("assay")
EDITOR, CHECKER = "maria@desk.example", "kofi@desk.example"
LOOKS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 860}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 860}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
}
# Those that need no press on the way.
PAGES = {
    "desk": "/projects/desk/",
    "pick": "/projects/desk/pick",
    "claims": "/projects/desk/claims?state=to-do",
    "replies": "/projects/desk/replies",
    "report": "/projects/desk/report",
    "agreement": "/projects/energy-dataset/agreement",
    "batches": "/projects/energy-dataset/batches",
}
# Articles as they are read: the whole page, by day.
READ = (
    "Europe lines up",
    "Kelmouth would borrow",
    "A clinic calls",
    "On time, by whose clock",
    "Stew for 18,400",
)
_HIGH = 3_200
# Those of evidence that are taken by night and on a phone too.
EVERY_LOOK = {"source", "intake"}
# How many suggestions are picked, and how many dropped, before the desk learns from it.
DECISIONS = 12
STARTS_WITHIN_SECONDS = 30


def main() -> None:
    """Serve a fresh demonstration desk and take every picture of it."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
        free.close()
        environment = {**os.environ, "ASSAY_INSTANCE": folder, "ASSAY_PORT": port}
        server = subprocess.Popen(
            [ASSAY, "serve", "--demo"], env=environment, stderr=subprocess.DEVNULL
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/sign-in")
            base, password = f"http://127.0.0.1:{port}", _let_in(environment)
            _take_all(base, password)
            paths = add_evidence(settings_of(folder), editor=EDITOR, checker=CHECKER)
            _take_evidence(base, password, paths)
        finally:
            server.terminate()
            server.wait()


def _wait_for(address: str) -> None:
    end = time.monotonic() + STARTS_WITHIN_SECONDS
    while True:
        try:
            urllib.request.urlopen(address).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return


def _let_in(environment: dict[str, str]) -> str:
    """Give both people of the pictures one password, and answer it."""
    password = secrets.token_urlsafe(16)
    for email, role in ((EDITOR, "editor"), (CHECKER, "reviewer")):
        subprocess.run(
            [ASSAY, "user", "add", email, "--role", role, "--project", "desk", "--password-stdin"],
            input=password,
            text=True,
            env=environment,
            check=True,
            stderr=subprocess.DEVNULL,
        )
    return password


def _take_evidence(base: str, password: str, paths: dict[str, str]) -> None:
    """Sources and what is known of them; in the end a rule that a verdict does not meet."""
    with sync_playwright() as playwright:
        browser = _browser(playwright)
        who = {"email": EDITOR, "password": password}
        for look, options in LOOKS.items():
            editor = _signed_in(browser, base, **who, options=options)
            for name, path in paths.items():
                if look != "light" and name not in EVERY_LOOK:
                    continue
                editor.goto(f"{base}{path}")
                _keep_whole(editor, f"{name}-{look}")
        editor = _signed_in(browser, base, **who, options=LOOKS["light"])
        editor.goto(f"{base}/projects/desk/gates")
        editor.check("[name=profile][value=ifcn]")
        editor.click("button[name=do][value=profile]")
        editor.goto(f"{base}{paths['evidence']}")
        editor.click("main form button[type=submit] >> nth=0")
        editor.wait_for_load_state()
        _keep_whole(editor, "rules-light")
        browser.close()


def _take_all(base: str, password: str) -> None:
    with sync_playwright() as playwright:
        browser = _browser(playwright)
        for look, options in LOOKS.items():
            editor = _signed_in(browser, base, email=EDITOR, password=password, options=options)
            for name, path in PAGES.items():
                editor.goto(f"{base}{path}")
                _keep(editor, f"{name}-{look}")
            editor.goto(f"{base}/projects/desk/claims?state=settled")
            editor.click("main a.claim-words >> text=Nine in ten patients")
            _keep(editor, f"claim-{look}")
            editor.goto(f"{base}/projects/desk/settle")
            editor.click("main a[href$='/settle']")
            _keep(editor, f"settle-{look}")
            editor.goto(f"{base}/projects/energy-dataset/settle")
            editor.click("main a[href$='/settle']")
            _keep(editor, f"differences-{look}")
            editor.goto(f"{base}/projects/desk/articles")
            editor.click("main a[href^='/articles/'] >> text=Europe lines up")
            _keep(editor, f"article-{look}")
            if look == "light":
                _keep_whole_articles(editor, base)
            checker = _signed_in(browser, base, email=CHECKER, password=password, options=options)
            checker.goto(f"{base}/projects/desk/review")
            if "/reviews/" not in checker.url:
                checker.click("main form button")
                checker.wait_for_url("**/reviews/*")
            _keep(checker, f"review-{look}")
        _keep_what_was_learned(browser, base, password)
        browser.close()


def _browser(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
    )


def _signed_in(
    browser: Browser, base: str, *, email: str, password: str, options: dict[str, object]
) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(f"{base}/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", password)
    page.click("main form button")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def _keep_whole_articles(page: Page, base: str) -> None:
    # The list beside the text scrolls by itself: high enough, and all of it is seen.
    page.set_viewport_size({"width": 1280, "height": _HIGH})
    for number, title in enumerate(READ, start=1):
        page.goto(f"{base}/projects/desk/articles")
        page.click(f"main a[href^='/articles/'] >> text={title}")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=IMAGES / f"reading-{number}.png")
    page.set_viewport_size(LOOKS["light"]["viewport"])


def _keep_what_was_learned(browser: Browser, base: str, password: str) -> None:
    """The best suggestions are picked, the last ones dropped, and learned from."""
    who = {"email": EDITOR, "password": password}
    editor = _signed_in(browser, base, **who, options=LOOKS["light"])
    for _decision in range(DECISIONS):
        for button in ("button[value=check] >> nth=0", "button[value=drop] >> nth=-1"):
            editor.goto(f"{base}/projects/desk/pick")
            editor.click(f"main form {button}")
            editor.wait_for_load_state()
    editor.goto(f"{base}/projects/desk/weights")
    editor.click("main form button >> text=Learn from our picks")
    editor.wait_for_load_state()
    for look, options in LOOKS.items():
        page = _signed_in(browser, base, **who, options=options)
        page.goto(f"{base}/projects/desk/weights")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=IMAGES / f"weights-{look}.png", full_page=True)


def _keep_whole(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png", full_page=True)


def _keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
