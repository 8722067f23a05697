"""What the kernel says of a process: CPU it used, memory it holds. Read from /proc, so Linux only."""

import os
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK")


def cpu_seconds(*pids: int) -> float:
    """User and system time of these processes and of children they have buried."""
    return sum(sum(map(int, _stat(pid)[11:15])) for pid in pids) * TICK


def family_seconds(pid: int) -> float:
    """CPU of a process of one thread, its living children, and those it has buried: a PostgreSQL server and its
    backends. Exact to the nanosecond for the living, so that one request can be told from the next.
    """
    buried = sum(map(int, _stat(pid)[13:15])) * TICK
    living = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    return buried + sum(map(_nanoseconds, living)) / 1e9


def _nanoseconds(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
    except OSError:
        return 0  # it ended while we looked


def resident_mib(pid: int) -> float:
    """Memory the process holds now."""
    return _status(pid, "VmRSS") / 1024


def peak_mib(pid: int) -> float:
    """The most it held since `forget_peak`."""
    return _status(pid, "VmHWM") / 1024


def forget_peak(pid: int) -> None:
    """Count the peak from now on."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def _stat(pid: int) -> list[str]:
    """The fields after the name, which may hold spaces: state, parent, ..., utime, stime, cutime, cstime."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _status(pid: int, name: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise KeyError(name)
