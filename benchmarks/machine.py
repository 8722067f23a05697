"""What the kernel says of a process: CPU it used, memory it holds. Read from /proc, so Linux only."""

import os
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK")


def cpu_seconds(*pids: int) -> float:
    """User and system time of these processes and of children they have buried."""
    return sum(sum(map(int, _stat(pid)[11:15])) for pid in pids) * TICK


def family(pid: int) -> list[int]:
    """A process and its living children: a PostgreSQL server and its backends."""
    found = [pid]
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if int(_stat(int(folder.name))[1]) == pid:
                    found.append(int(folder.name))
            except (OSError, IndexError):
                continue  # it ended while we looked
    return found


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
