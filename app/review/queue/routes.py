"""The queue's page. A GET changes nothing but the log of who looked."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from app.core.access import Permission
from app.review.queue import listing
from app.review.routes import bp, posted_id
from app.web.act import current_act
from app.web.clock import now
from app.web.guards import requires

TABS = {tab.value: tab for tab in listing.TABS}


@bp.get("/")
@requires(Permission.REVIEW)
def home() -> ResponseReturnValue:
    """The queue: `tab` is one of TABS, `after` the last case of the page before."""
    tab = TABS.get(request.args.get("tab", "to_review"))
    if tab is None:
        abort(400)
    shown = listing.read_queue(current_act(), tab, posted_id(request.args.get("after", "")))
    return render_template("review/queue.html", page=shown, refreshed=now())
