"""How fast this machine is just now: the CPU time of one fixed loop.

The marks are for a machine on which it takes 25 ms. A rate is scaled by 25 / cal and a time by cal / 25, so that a
busy or a slow machine moves the mark with the figure. Rough: compare only at similar `cal`.
"""

from time import process_time

FAST_MS = 25.0
ROUNDS = 330_000


def cal(times: int = 5) -> float:
    """Milliseconds of CPU for the loop: the middle one of several."""
    taken = sorted(_once() for _ in range(times))
    return taken[len(taken) // 2]


def _once() -> float:
    began = process_time()
    total = 0
    for number in range(ROUNDS):
        total += number * number % 7
    return (process_time() - began) * 1000
