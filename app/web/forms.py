"""Forms that features share."""

from flask_wtf import FlaskForm


class PostForm(FlaskForm):
    """A form of one button: it carries the CSRF token and nothing else."""
