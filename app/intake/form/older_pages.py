"""A page that stood open in a browser while the questions changed, and may have asked less than it does, or be gone."""

from __future__ import annotations

from collections.abc import Container

from app.intake.form.forms import posted_values
from app.intake.form.mending import stored_page
from app.intake.form.service import questions_of
from app.intake.gate import page_or_404
from app.intake.open_form import OpenForm
from app.intake.progress import Progress
from app.questionnaire.pages import Page
from app.questionnaire.versions import changed_since, history


def is_gone(progress: Progress, page_id: str) -> bool:
    """Whether there was a page of this id in an earlier version, and is none in today's."""
    return progress.questionnaire.page(page_id) is None and any(
        page_id in pages for pages in history(progress.draft.kind).values()
    )


def page_posted_to(form: OpenForm, page_id: str, posted: Container[str]) -> Page:
    """The page that a post of these form names is for: of one that is gone, the page that asks them now.

    Raises NotFound.
    """
    progress = form.progress
    if not is_gone(progress, page_id):
        return page_or_404(form, page_id)
    asked = (page for page in progress.questionnaire.pages if progress.is_asked(page))
    now = (
        page
        for page in asked
        if any(name in posted for question in page.questions for name in question.form_names())
    )
    return next(now, None) or page_or_404(form, page_id)


def posted_or_stored(form: OpenForm, page: Page) -> dict[str, list[str]]:
    """What was posted on a page; as an earlier version drew it, what that may not have asked is as it was stored."""
    posted, draft = posted_values(page), form.progress.draft
    drawn = questions_of(draft, posted)
    if drawn == draft.form.asks.version or page.id not in changed_since(draft.kind, drawn):
        return posted
    return {name: [*texts] for name, texts in stored_page(form.progress, page).typed.items()} | posted
