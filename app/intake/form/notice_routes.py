"""The texts that a patient ticks as read, open to everyone: they hold nothing of anybody."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from app.questionnaire.all_forms import NOTICES
from app.screening.sources import SOURCES
from app.web.guards import public
from app.web.language import translate
from app.web.settings import current_settings

bp = Blueprint("notices", __name__)


@bp.get("/read/<notice_id>")
@public("the same words for everyone")
def read(notice_id: str) -> ResponseReturnValue:
    """One notice, as it reads in this clinic's country and the language of the page."""
    notice = NOTICES.get(notice_id) or abort(404)
    country = current_settings().jurisdiction
    return render_template(
        "intake/notice.html",
        notice=notice,
        passages=zip(notice.shown(country, translate), (each.folds for each in notice.passages), strict=True),
        sources=[SOURCES[key].citation for key in notice.sources(country)],
    )
