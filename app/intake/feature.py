"""Everything a patient opens: the way to a form, the form, its help pages, and what comes after it was sent."""

from app.intake import gate
from app.intake.after import routes as after
from app.intake.after import withdrawal
from app.intake.form import autosave_routes, notice_routes
from app.intake.form import routes as form
from app.intake.help import routes as help_pages
from app.intake.start import closing_routes, code_routes, tablet_routes
from app.intake.start import routes as start
from app.web.features import Feature

# Several modules put their views into one blueprint.
VIEWS = (
    start, closing_routes, form, help_pages, gate, autosave_routes, notice_routes, tablet_routes, code_routes, after,
)  # fmt: skip

FEATURE = Feature(
    blueprints=tuple(dict.fromkeys(module.bp for module in VIEWS)),
    chores=(withdrawal.erase_stale_draft,),
    patient_facing=True,
)
