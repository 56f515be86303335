from app.domain.words import Role
from tests.web.checking import CHAIN, article, fields, start
def test_smoke(login, project, database):
    article(database, project, hops=CHAIN)
    c = login(Role.REVIEWER)
    r = c.get("/projects/desk/review"); print(r.page.text)
    rid = start(c, project)
    r = c.get(f"/reviews/{rid}")
    open("/tmp/pagec/smoke.html","w").write(r.get_data(as_text=True))
    f = fields(r.page, rid)
    print(f)
    r = c.post(f"/reviews/{rid}", data=f); print(r.status_code, r.page.errors)
    r = c.post(f"/reviews/{rid}", data={**f, "verdict":"false","attribution_verdict":"confirmed"}); print(r.status_code, r.location)
    r = c.get(r.location)
    r = c.get("/projects/desk/reviews"); print(r.page.rows())
