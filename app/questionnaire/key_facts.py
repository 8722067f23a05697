"""Key facts about ketamine, for whoever thinks about treatment. A draft for clinical sign-off, as all questions are.

The sources stand in app/screening/sources.py.
"""

from .countries import Country
from .notices import Notice, NoticeLine, Passage

KEY_FACTS = Notice(
    id="key-facts",
    version="2",
    dated="2026-11-28",
    title="Key facts about ketamine",
    passages=(
        Passage(
            "What it is: an “off-label” use",
            (
                NoticeLine(
                    "A medicine for surgery. Smaller doses for low mood or pain are “off-label”: a doctor may choose them, but the FDA has not approved that use.",
                    ("KETALAR_US", "SANACORA2017", "COHEN2018", "FDA2023"),
                    only_in=Country.US,
                ),
                NoticeLine(
                    "A medicine for surgery. Smaller doses for low mood or long-term pain are “off-label”: a doctor may choose them, but its UK licence is only for use as an anesthetic.",
                    ("KETALAR_UK", "SANACORA2017", "COHEN2018"),
                    only_in=Country.UK,
                ),
            ),
            folds=True,
        ),
        Passage(
            "What it may do",
            (
                NoticeLine(
                    "Low mood can lift in hours or days, and pain can ease for a while. It does not work for everyone, and often fades in days or weeks. Less is known about long use.",
                    ("SANACORA2017", "CANMAT2021", "COHEN2018"),
                ),
            ),
        ),
        Passage(
            "Common: dizzy, sick or far away",
            (
                NoticeLine(
                    "You may feel far away, dizzy, sleepy, sick or afraid, or see or hear odd things. Blood pressure often rises for an hour or more. Staff should watch you until this passes.",
                    ("KETALAR_US", "SPRAVATO_US"),
                ),
            ),
            folds=True,
        ),
        Passage(
            "Serious harms",
            (
                NoticeLine(
                    "Less common: very high blood pressure that can hurt the heart or brain, slow or stopped breathing, an allergic reaction, lasting fear or confusion, worse low mood or thoughts of suicide.",
                    ("KETALAR_US", "SPRAVATO_US", "FDA2023"),
                ),
            ),
        ),
        Passage(
            "Bladder harm, and hard to stop",
            (
                NoticeLine(
                    "Used often, it can harm the bladder, sometimes for good: pain, blood, or going very often. It can also harm the liver and memory.",
                    ("KETALAR_US", "KETALAR_UK", "SPRAVATO_US", "NOPPERS2011", "COTTER2021"),
                ),
                NoticeLine(
                    "Some people come to need it and find it hard to stop. It is a controlled drug.",
                    ("KETALAR_US", "FDA2023"),
                ),
            ),
            folds=True,
        ),
        Passage(
            "Afterward: do not drive",
            (
                NoticeLine(
                    "Have an adult take you home. Do not drive, use machines or make big choices until the next day, after a night's sleep.",
                    ("SPRAVATO_US",),
                    only_in=Country.US,
                ),
                NoticeLine(
                    "Have an adult take you home. Do not drive, use machines or make big choices until the next day, after a night's sleep. The law limits driving with ketamine in your blood.",
                    ("SPRAVATO_US", "UK_DRIVE"),
                    only_in=Country.UK,
                ),
            ),
            folds=True,
        ),
        Passage(
            "Do not stop a medicine",
            (
                NoticeLine(
                    "Never stop or change a medicine by yourself. Tell us all you take, alcohol and drugs too: some do not mix with ketamine. Tell us if you are or may be pregnant.",
                    ("KETALAR_US", "VERAART2021"),
                ),
            ),
            folds=True,
        ),
        Passage(
            "Your choice: you can say no",
            (
                NoticeLine(
                    "There are other treatments: talking therapy, other medicines, esketamine (a nose spray approved for some depression) and, for some people, brain stimulation.",
                    ("CANMAT2021", "SPRAVATO_US", "SPRAVATO_EU"),
                ),
                NoticeLine("Ask us anything. You can say no at any time before a dose."),
            ),
            folds=True,
        ),
    ),
)
