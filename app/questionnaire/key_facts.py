"""Key facts about ketamine, for whoever thinks about treatment. A draft for clinical sign-off, as all questions are.

The sources stand in app/screening/sources.py.
"""

from .notices import Line, Notice, Passage

KEY_FACTS = Notice(
    id="key-facts",
    version="1",
    dated="2026-11-28",
    title="Key facts about ketamine",
    passages=(
        Passage(
            "What it is",
            (
                Line(
                    "A medicine that puts people to sleep for surgery. In smaller doses, some clinics use it for low mood or pain.",
                    ("KETALAR_US", "SANACORA2017", "COHEN2018"),
                ),
                Line(
                    "For low mood or pain its use is “off-label”: a doctor may choose it, but the FDA has not approved it for that. A nose spray, esketamine, is approved for some depression.",
                    ("FDA2023", "SPRAVATO_US"),
                    only_in="US",
                ),
                Line(
                    "For low mood or long-term pain its use is “off-label”: a doctor may choose it, but its UK licence is only for use as an anesthetic. A nose spray, esketamine, is licensed for some depression.",
                    ("KETALAR_UK", "SPRAVATO_EU"),
                    only_in="UK",
                ),
            ),
        ),
        Passage(
            "What it may do for you",
            (
                Line(
                    "Low mood can lift within hours or days, and pain can ease for a while. It does not work for everyone. When it works, it often fades in days or weeks. Less is known about using it for a long time.",
                    ("SANACORA2017", "CANMAT2021", "COHEN2018"),
                ),
            ),
        ),
        Passage(
            "Common harms",
            (
                Line(
                    "You may feel far away, dizzy, sleepy, sick or afraid, or see and hear odd things. Your blood pressure often goes up for an hour or more. Staff should watch you until this has passed.",
                    ("KETALAR_US", "SPRAVATO_US"),
                ),
            ),
        ),
        Passage(
            "Serious harms",
            (
                Line(
                    "These are less common: very high blood pressure, which can hurt the heart or the brain; slow or stopped breathing; an allergic reaction; lasting fear or confusion; low mood or thoughts of suicide that get worse.",
                    ("KETALAR_US", "SPRAVATO_US", "FDA2023"),
                ),
                Line(
                    "Used often, it can harm the bladder, sometimes for good: pain or blood when you pee, or going very often. It can also harm the liver and memory.",
                    ("KETALAR_US", "KETALAR_UK", "SPRAVATO_US", "NOPPERS2011", "COTTER2021"),
                ),
                Line(
                    "Some people come to need it and find it hard to stop. It is a controlled drug.",
                    ("KETALAR_US", "FDA2023"),
                ),
            ),
        ),
        Passage(
            "Afterward",
            (
                Line(
                    "Have an adult take you home. Do not drive, use machines or make big choices until the next day, after a night's sleep.",
                    ("SPRAVATO_US",),
                ),
                Line(
                    "The law sets a limit for driving with ketamine in your blood.",
                    ("UK_DRIVE",),
                    only_in="UK",
                ),
            ),
        ),
        Passage(
            "Your medicines",
            (
                Line(
                    "Never stop or change a medicine by yourself. Tell us about all of them, and about alcohol and drugs: some do not mix with ketamine. Tell us if you are or may be pregnant.",
                    ("KETALAR_US", "VERAART2021"),
                ),
            ),
        ),
        Passage(
            "Your choice",
            (
                Line(
                    "There are other treatments, such as talking therapy, other medicines and, for some people, brain stimulation. Ask us which could suit you.",
                    ("CANMAT2021",),
                ),
                Line("You can ask anything, and say no at any time before a dose is given."),
            ),
        ),
    ),
)
