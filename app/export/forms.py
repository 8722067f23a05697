"""What is asked before records are taken out."""

from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import InputRequired, Optional

from app.export.spreadsheet import EXCEL, EXCEL_SEMICOLON, PLAIN, Dialect

REASONS = {
    "care": "Care of these patients",
    "quality": "A quality or safety review",
    "legal": "A request by law, or by a regulator",
    "moving": "Moving to another system",
    "other": "Another reason",
}
"""Code to words. A code goes to the audit log, which holds no words that could name a patient."""


PROGRAMS = {
    "": ("Another program", "Plain CSV, with commas", PLAIN),
    "yes": ("Excel", "Where a point begins the fraction of a number, as in the US and the UK", EXCEL),
    "semicolon": ("Excel with semicolons", "Where a comma does, as in Spain or Germany", EXCEL_SEMICOLON),
}
"""What the file will be opened in: code to words, a hint, and how the file is written for it."""


class ExportForm(FlaskForm):
    """Why, and for which program."""

    reason = RadioField(
        "Why do you need this file?",
        choices=list(REASONS.items()),
        validators=[InputRequired("Pick why you need this file")],
    )
    excel = RadioField(
        "What will you open it in?",
        choices=[(code, words) for code, (words, _hint, _dialect) in PROGRAMS.items()],
        default="",
        validators=[Optional()],
    )

    @property
    def dialect(self) -> Dialect:
        """How the file is written."""
        return PROGRAMS[self.excel.data or ""][2]
