"""How the clinic uses a patient's answers: only what is true of this program, whichever clinic runs it.

SECURITY.md says what holds it. What a clinic does with its records outside of this program is the clinic's to tell.
"""

from .notices import Line, Notice, Passage

HOW_USED = Notice(
    id="your-answers",
    version="1",
    dated="2026-11-28",
    title="How the clinic uses your answers",
    passages=(
        Passage(
            "What for",
            (
                Line(
                    "To see if this treatment is safe for you. A program compares your answers with safety rules and marks what to look at. A clinician decides."
                ),
                Line(
                    "If an answer means danger, an alert goes to the clinic at once, even if you have not sent the form."
                ),
            ),
        ),
        Passage(
            "Who reads them",
            (
                Line(
                    "Clinicians of the clinic read them. Administrators of the clinic cannot open your form, but they can take all records out as files, your answers among them, for reports or another system."
                ),
                Line(
                    "Each opening of a form, and each file taken out, is written down. After you send your form, you can see when, and by which kind of staff."
                ),
                Line(
                    "Answers are stored encrypted. Nobody can read them in the database without the clinic's keys. Whoever looks after the clinic's computers may hold these."
                ),
                Line(
                    "This program gives your answers to no other company. Our emails say nothing about your health."
                ),
            ),
        ),
        Passage(
            "How long",
            (
                Line(
                    "A form you leave unsent for 30 days is erased. If an answer meant danger, that answer and how to reach you stay."
                ),
                Line(
                    "A form you send becomes part of the clinic's records. The clinic sets how long it keeps them."
                ),
            ),
        ),
        Passage(
            "What you can do",
            (
                Line(
                    "Until you send the form, you can withdraw it. Afterward you can get a copy, see who opened it, and ask us to correct something. You can call us about any of this."
                ),
                Line("This form does not ask you to agree to research."),
            ),
        ),
        Passage(
            "If something is wrong",
            (
                Line(
                    "Tell us first, if you can. Where the privacy law HIPAA covers a clinic, you can also complain to the Office for Civil Rights, mostly within 180 days: hhs.gov/hipaa/filing-a-complaint",
                    ("HHS_OCR",),
                    only_in="US",
                ),
                Line(
                    "Tell us first. If that does not help, you can complain to the Information Commissioner's Office: ico.org.uk/make-a-complaint, or 0303 123 1113.",
                    ("ICO",),
                    only_in="UK",
                ),
            ),
        ),
    ),
)
