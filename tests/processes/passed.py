"""One process that writes all the time: it says how often, at most, others wrote while it waited.

``python -m tests.processes.passed DATABASE_URL TIMES``
"""

import sys
import time

from sqlmodel import select, text

from app.storage.session import Database
from app.storage.tables import Project

AT_WORK = 0.02


def main() -> None:
    url, times = sys.argv[1:]
    database, passed = Database(url), []
    count = select(Project.lease_minutes)
    # The first time connections are opened besides.
    for _ in range(int(times) + 1):
        with database.reading() as session:
            asked = session.exec(count).one()
        with database.write() as session:
            passed.append(session.exec(count).one() - asked)
            session.execute(text("UPDATE project SET lease_minutes = lease_minutes + 1"))
            time.sleep(AT_WORK)
    sys.stdout.write(f"{max(passed[1:])}\n")


if __name__ == "__main__":
    main()
