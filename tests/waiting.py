"""Waits that end: a thread or a process that hangs fails its own test, and holds up no other."""

import signal
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread, Timer
from typing import Any, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

LONGEST_WAIT = 120
"""In seconds, for what takes a moment on a machine that has nothing else to do."""


def in_threads(act: Callable[[Given], Made], given: Iterable[Given], threads: int) -> list[Made]:
    """What `act` makes of each, so many of them at a time, as they come. Raises what one raises, and TimeoutError."""
    waiting: SimpleQueue[Given] = SimpleQueue()
    for each in given:
        waiting.put(each)
    made: list[Made] = []
    raised: list[BaseException] = []

    def work() -> None:
        try:
            while True:
                made.append(act(waiting.get_nowait()))
        except Empty:
            pass
        except BaseException as problem:
            raised.append(problem)

    run_together([work] * threads)
    if raised:
        raise raised[0]
    return made


def run_together(acts: Sequence[Callable[[], None]]) -> None:
    """Do all of them, each in a thread of its own. Raises TimeoutError when one does not come back."""
    # Daemons: one that hangs would keep the whole run from ending.
    threads = [Thread(target=act, daemon=True) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST_WAIT)
    if any(thread.is_alive() for thread in threads):
        raise TimeoutError(f"It goes on after {LONGEST_WAIT} seconds.")


@contextmanager
def started(command: Sequence[str], folder: Path, **more: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends with the block, or when it is too late: whoever reads from it then finds its end."""
    with subprocess.Popen(command, cwd=folder, preexec_fn=_hear_interrupts, **more) as running:
        late = Timer(LONGEST_WAIT, running.kill)
        late.start()
        try:
            yield running
            running.wait(LONGEST_WAIT)
        finally:
            late.cancel()
            running.kill()


def _hear_interrupts() -> None:
    """Let Ctrl+C end the process, also where the tests run in the background and ignore it: it would inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
