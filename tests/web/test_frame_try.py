from app.domain.words import Role
def test_pages(app, login, client):
    for p in ["/sign-in", "/links/abc", "/nope"]:
        print(client.get(p).page.heading)
    r = client.post("/people", data={"a": "b" * 100})
    assert r.status_code == 401
    ed = login(Role.EDITOR)
    assert ed.get("/people").status_code == 403
    adm = login(admin=True)
    for p in ["/people", "/people/new", "/account", "/account/password", "/keys", "/people/" + adm.person.public_id]:
        r = adm.get(p); print(r.page.heading, r.page.links, r.page.buttons); assert r.status_code == 200
