"""The report of a month: as a page that can be printed, and as CSV."""

from zoneinfo import ZoneInfo

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from app.auth import identity
from app.auth.guard import needs
from app.domain.ids import now
from app.domain.months import Month, month_named, month_of
from app.domain.permissions import Action
from app.domain.report import lines
from app.domain.words import CorrectionKind
from app.exporters import report_csv
from app.exporters.streaming import MEDIA_TYPE
from app.storage import report as questions
from app.web.report.figures import breakdowns, month_words, months_chart, months_to_choose
from app.web.transactions import db

blueprint = Blueprint("report", __name__, url_prefix="/projects/<slug>")


@blueprint.get("/report")
@needs(Action.REPORT_VIEW)
def show(slug: str) -> ResponseReturnValue:
    """A month beside the one before it, and the twelve that led to it."""
    actor, project = identity.actor(), identity.project()
    chosen = _chosen()
    this, before = questions.month_figures(db(), actor, project, [chosen, chosen.moved(-1)])
    so_far = questions.months_so_far(db(), actor, project, until=chosen)
    months = months_to_choose(questions.first_month(db(), project), _today(), chosen)
    return render_template(
        "report/show.html",
        slug=slug,
        month=chosen,
        months=months,
        words=month_words,
        later=chosen.moved(1) if chosen < _today() else None,
        this=this,
        before=before,
        kinds=list(CorrectionKind),
        breakdowns=breakdowns(this, before),
        so_far=so_far,
        chart=months_chart(so_far),
        short=[month_words(month, is_short=True) for month, _picked, _settled in so_far],
        most_times=questions.MOST_TIMES,
    )


@blueprint.get("/report.csv")
@needs(Action.REPORT_VIEW)
def take(slug: str) -> ResponseReturnValue:
    """The same month in the long form, one figure a row."""
    chosen = _chosen()
    [figures] = questions.month_figures(db(), identity.actor(), identity.project(), [chosen])
    response = Response("".join(report_csv.write(lines(figures))), content_type=MEDIA_TYPE)
    name = f"{slug}-report-{chosen.name}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _chosen() -> Month:
    """The month of the address, or this one.

    Raises:
        Invalid: there is no such month.
    """
    name = request.args.get("month", "")
    return month_named(name) if name else _today()


def _today() -> Month:
    return month_of(now().astimezone(ZoneInfo(identity.project().timezone)).date())
