"""What is asked before records are taken out."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

REASONS = {
    "care": "Care of these patients",
    "quality": "A quality or safety review",
    "legal": "A request by law, or by a regulator",
    "research": "Research the patients agreed to",
    "moving": "Moving to another system",
    "other": "Another reason",
}
"""Code to words. A code goes to the audit log, which holds no words that could name a patient."""


class ExportForm(FlaskForm):
    """Why, and for which program."""

    reason = RadioField(
        "Why do you need this file?",
        choices=list(REASONS.items()),
        validators=[InputRequired("Pick why you need this file")],
    )
    excel = BooleanField("I will open it in Excel")
