"""Every fact a rule may read, by subject: exactly how each one comes out of the answers."""

from . import (
    after,
    body,
    brain,
    danger,
    family,
    fit,
    heart,
    ketamine,
    medicines,
    mentioned,
    mind,
    person,
    plan,
    pregnancy,
    ready,
    substances,
    suicide,
    surgery,
)

FACTS = {
    fact.key: fact
    for subject in (
        person,
        danger,
        suicide,
        fit,
        heart,
        brain,
        family,
        mind,
        substances,
        ketamine,
        surgery,
        body,
        pregnancy,
        medicines,
        ready,
        after,
        mentioned,
        plan,
    )
    for fact in subject.FACTS
}
