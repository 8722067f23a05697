"""How many statements the acts take that people do all day: one costs more than most of what is done with it."""

from collections import Counter

from flask import Flask

from tests.cost.walk import Walk, be_in_danger, fill_in, review

MOST = {
    "page opened": 2,
    "check page opened": 2,
    "task list opened": 3,
    "page saved": 5,
    "page of the person saved": 5,
    "page saved by itself": 5,
    "form sent": 7,
    "queue opened, to_review": 6,
    "queue opened, waiting": 6,
    "queue opened, decided": 6,
    "queue opened, unfinished": 6,
    "case opened": 9,
    "decided case opened": 9,
}
"""By act, the most statements, those that begin and end a transaction apart."""


def test_an_act_takes_as_few_statements_as_it_needs(own_app: Flask) -> None:
    walk = Walk(own_app)
    for part in (fill_in, be_in_danger, review):
        walk.rest()
        part(walk)
    taken = Counter(one.act for one in walk.recorder.asked)
    assert MOST.keys() <= taken.keys()
    over = {
        act: [" ".join(one.statement.split())[:200] for one in walk.recorder.of(act)]
        for act, most in MOST.items()
        if taken[act] > most
    }
    assert not over
