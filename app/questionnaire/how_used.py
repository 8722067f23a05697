"""How the clinic uses a patient's answers: only what is true of this program, whichever clinic runs it.

SECURITY.md says what holds it. What a clinic does with its records outside of this program is the clinic's to tell.
"""

from .countries import Country
from .durations import FORM_KEPT, duration_words
from .notices import Notice, NoticeLine, Passage
from .wording import Message

HOW_USED = Notice(
    id="your-answers",
    version="2",
    dated="2026-11-28",
    title="How the clinic uses your answers",
    passages=(
        Passage(
            "What for",
            (
                NoticeLine(
                    "To see if this treatment is safe for you. A program marks what to look at, and a clinician decides. If an answer means danger, an alert goes to the clinic at once, even before you send the form."
                ),
            ),
        ),
        Passage(
            "Who reads them",
            (
                NoticeLine(
                    "Clinicians read your form. Administrators cannot open it, but they can take all records out as files, your answers among them, for reports or another system."
                ),
                NoticeLine(
                    "Each opening and each file is written down. After you send the form, you can see when, and by which kind of staff."
                ),
            ),
        ),
        Passage(
            "How they are kept safe",
            (
                NoticeLine(
                    "Answers are stored encrypted. Whoever looks after the clinic's computers may hold the keys. This program gives your answers to no other company, and our emails say nothing about your health."
                ),
            ),
            folds=True,
        ),
        Passage(
            "How long they are kept",
            (
                NoticeLine(
                    Message(
                        "A form left unsent for {time} is erased. If an answer meant danger, it stays, with how to reach you. A form you send becomes part of the clinic's records: the clinic sets how long it keeps them.",
                        time=duration_words(FORM_KEPT),
                    )
                ),
            ),
            folds=True,
        ),
        Passage(
            "Your rights: withdraw, copy, correct",
            (
                NoticeLine(
                    "Until you send the form, you can withdraw it. Afterward you can get a copy, see who opened it and ask us to correct something. Call us about any of this."
                ),
            ),
            folds=True,
        ),
        Passage(
            "How to complain",
            (
                NoticeLine(
                    "Tell us first, if you can. Where the privacy law HIPAA covers a clinic, you can also complain to the Office for Civil Rights, mostly within 180 days: hhs.gov/hipaa/filing-a-complaint",
                    ("HHS_OCR",),
                    only_in=Country.US,
                ),
                NoticeLine(
                    "Tell us first. If that does not help, you can complain to the Information Commissioner's Office: ico.org.uk/make-a-complaint, or 0303 123 1113.",
                    ("ICO",),
                    only_in=Country.UK,
                ),
            ),
            folds=True,
        ),
    ),
)
