"""Taking the records out: the page, the files, and the data dictionary."""

from typing import Any

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from app.core.access import Permission
from app.export import service
from app.export.forms import PROGRAMS, REASONS, ExportForm
from app.web.act import current_act
from app.web.clock import today
from app.web.extensions import db
from app.web.guards import requires
from app.web.request import actor

bp = Blueprint("export", __name__, url_prefix="/export")

CSV = "text/csv"


@bp.get("/")
@requires(Permission.EXPORT)
def home() -> ResponseReturnValue:
    """What can be taken out, and why it is asked for."""
    return _page(ExportForm())


@bp.post("/cases.csv")
@requires(Permission.EXPORT)
def cases() -> ResponseReturnValue:
    """Every case, one a row."""
    return _file(service.CASES)


@bp.post("/ready.csv")
@requires(Permission.EXPORT)
def ready() -> ResponseReturnValue:
    """Every form for getting ready, one a row."""
    return _file(service.READY)


@bp.post("/checkin.csv")
@requires(Permission.EXPORT)
def check_ins() -> ResponseReturnValue:
    """Every check-in after a session, one a row."""
    return _file(service.CHECK_IN)


@bp.post("/flags.csv")
@requires(Permission.EXPORT)
def flags() -> ResponseReturnValue:
    """Every flag of the cases as they were judged last, one a row."""
    return _file(service.FLAGS)


@bp.route("/dictionary.csv", methods=["GET", "POST"])
@requires(Permission.EXPORT)
def dictionary() -> ResponseReturnValue:
    """What every column of the files holds."""
    return _download(service.dictionary_csv(current_act()), "foreroom-data-dictionary.csv")


def _file(file: service.ExportFile) -> ResponseReturnValue:
    """A file, for the reason given. The act is committed before the first byte is sent."""
    form = ExportForm()
    if not form.validate():
        return _page(form), 422
    export = service.begin(current_act(), form.reason.data, file)
    body = service.stream(db.sessionmaker, actor(), export, form.dialect)
    return _download(body, f"foreroom-{file.kind}-{today():%Y-%m-%d}.csv")


def _page(form: ExportForm) -> str:
    problems = [
        {"text": text, "target": name} for name, texts in form.errors.items() for text in texts if name
    ]
    reasons = [{"code": code, "label": label, "hint": ""} for code, label in REASONS.items()]
    programs = [{"code": code, "label": words, "hint": hint} for code, (words, hint, _) in PROGRAMS.items()]
    return render_template("export/home.html", form=form, reasons=reasons, programs=programs, errors=problems)


def _download(body: Any, name: str) -> Response:
    """An attachment: it is saved, never shown in the browser."""
    return Response(
        body,
        content_type=f"{CSV}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
