"""The route that marks a correction as dealt with."""

from uuid import UUID

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.access import Permission
from app.review.corrections import service as corrections
from app.web.act import current_act
from app.web.guards import requires

bp = Blueprint("corrections", __name__, url_prefix="/review")


@bp.post("/<uuid:case_id>/corrections/<uuid:correction_id>")
@requires(Permission.DECIDE)
def answer(case_id: UUID, correction_id: UUID) -> ResponseReturnValue:
    """It was put right with the patient, or there was nothing to put right."""
    if not corrections.mark_answered(current_act(), case_id, correction_id):
        abort(404)
    return redirect(url_for("review.case", case_id=case_id), 303)
