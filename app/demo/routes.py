"""What a demonstration would have mailed, on a page. Not there in production, where it leaves by a mail server, nor
for a clinic's database, whatever the settings say.
"""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from app.mail import demo_mailbox
from app.web.guards import public
from app.web.settings import current_settings
from app.web.transaction import request_session

bp = Blueprint("mailbox", __name__, url_prefix="/demo")


@bp.get("/mailbox")
@public("mail to invented people, in a demonstration or a test")
def home() -> ResponseReturnValue:
    """The newest mails."""
    folder = current_settings().mailbox
    if folder is None:
        abort(404)
    request_session().connection()  # turned away where the database is a clinic's
    return render_template("demo/mailbox.html", letters=demo_mailbox.read_letters(folder))
