from pathlib import Path

from app.domain.words import Role


def test_smoke(app, login):
    ed = login(Role.EDITOR, Role.ADJUDICATOR)
    text = Path("/work/shared/articles/european-leaders.txt").read_text()
    for p in [
        "/projects/desk/articles",
        "/projects/desk/articles/new",
        "/projects/desk/pick",
        "/projects/desk/claims",
        "/projects/desk/claims/new",
    ]:
        r = ed.get(p)
        assert r.status_code == 200, p
    r = ed.post(
        "/projects/desk/articles/new",
        data={
            "text": text,
            "title": "European leaders",
            "url": "https://www.deseret.com/x",
            "publisher": "Deseret News",
            "published": "2025-09-04",
        },
    )
    assert r.status_code == 303, r.page.text
    loc = r.headers["Location"]
    r = ed.get(loc)
    print(r.page.text[:3000])
    print(r.page.notices)
    for p in ["/projects/desk/articles", "/projects/desk/pick", "/projects/desk/claims"]:
        r = ed.get(p)
        assert r.status_code == 200, p
        print(r.page.text[:1500])
        if p.endswith("pick"):
            links = r.page.links
    c = [v for v in links.values() if v.startswith("/claims/")][0]
    r = ed.get(c)
    print(r.page.text)
    r = ed.get(c + "/edit")
    print(r.page.text)
    r = ed.post(c + "/pick", data={"do": "check", "next": "pick", "then": ""})
    print(r.headers["Location"])
    r = ed.post(c + "/pick", data={"do": "check", "next": "article", "then": ""})
    print(r.headers["Location"])
    r = ed.get(c)
    print(r.page.text)
    r = ed.post(c + "/edit", data={"do": "add-hop", "text": "x", "version": "1"})
    print(r.page.text)
