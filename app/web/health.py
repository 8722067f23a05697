"""For whoever watches the service: is it running, can it serve, and does whoever is on call hear of danger."""

from flask import Blueprint, Flask, current_app, jsonify
from flask.typing import ResponseReturnValue

from app.core import installation
from app.mail import outbox
from app.web.act import current_act
from app.web.guards import public
from app.web.transaction import request_session

UNTOLD = "An alert has not reached whoever is on call. The mail is tried again until it arrives or the case is taken."

bp = Blueprint("health", __name__, url_prefix="/health")


@bp.get("/live")
@public("says only that the process answers")
def live() -> ResponseReturnValue:
    """The process answers. It asks nothing of the database: a restart would not mend that."""
    return jsonify(status="ok")


@bp.get("/ready")
@public("says only that the database answers, is ours, and whether an alert waits: not whose or how many")
def ready() -> ResponseReturnValue:
    """Whether patients and staff can be served: the database answers, is of these settings and its keys are ours; else
    503.

    An alert that waits makes it "degraded", and still 200: pages of help must not go away because a mail server did.
    """
    late = _alerts_are_late()
    checks = {"database": "ok", "alerts": "late" if late else "ok"}
    if late:
        return jsonify(status="degraded", checks=checks, because=[UNTOLD])
    return jsonify(status="ok", checks=checks)


@bp.get("/alerts")
@public("says only whether an alert waits: not whose or how many")
def alerts() -> ResponseReturnValue:
    """Whether whoever is on call was told what they have to be; else, or when the database cannot say, 503.

    For what wakes a person, never for what decides where patients are led to.
    """
    if _alerts_are_late():
        return jsonify(status="late", because=[UNTOLD]), 503
    return jsonify(status="ok")


def _alerts_are_late() -> bool:
    """Raises WrongDatabase, and what a database raises that does not answer: the error pages make 503 of both."""
    session = request_session()
    installation.check_installation(
        session.connection(), current_app.extensions["installation_check"].expected
    )
    return outbox.alert_is_overdue(current_act())


def init_app(app: Flask) -> None:
    """Give `app` its probes."""
    app.register_blueprint(bp)
