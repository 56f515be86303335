"""What tests of pages have in common."""

import pytest
from sqlmodel import Session

from app.storage.tables import Person


@pytest.fixture
def client_of(app, database):
    """``client_of(actor)``: a browser in which somebody who is there is signed in."""

    def sign_in(actor):
        with Session(database.engine) as session:
            return app.test_client().sign_in(session.get_one(Person, actor.person))

    return sign_in
