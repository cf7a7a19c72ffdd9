"""Runs one small program of ours that opens what a stranger made, after taking away all it does not need.

Started by its path, without our packages, by `apart.run`. The program is a file with `prepare()`, which loads what it
needs, and `main(*words)`, which reads its input and writes its answer. Between the two the door is shut: on Linux
(x86-64, arm64) the kernel then lets it read, write and compute, and nothing else: no file is opened, no network is
spoken to, no program is started. Elsewhere the limits on memory, time and length are all there is.
"""

from __future__ import annotations

import contextlib
import ctypes
import platform
import resource
import runpy
import struct
import sys

# What is left, by the kernel's numbers. Linux, include/uapi/asm-generic/unistd.h and arch/x86/entry/syscalls.
# read write close fstat poll lseek mmap mprotect munmap brk sigaction sigprocmask sigreturn ioctl pread pwrite readv
# writev yield mremap madvise dup nanosleep getpid exit uname fcntl ftruncate gettimeofday getrlimit getrusage sysinfo
# times getuid sigaltstack gettid futex affinity restart clock_gettime clock_getres clock_nanosleep exit_group
# robust_list getcpu getrandom membarrier rseq
ALLOWED: dict[str, tuple[int, str]] = {
    "x86_64": (
        0xC000003E,
        "0 1 3 5 7 8 9 10 11 12 13 14 15 16 17 18 19 20 24 25 28 32 35 39 60 63 72 77 96 97 98 99 100 102 131 186 202 "
        "204 219 228 229 230 231 273 309 318 324 334",
    ),
    "aarch64": (
        0xC00000B7,
        "63 64 57 80 73 62 222 226 215 214 134 135 139 29 67 68 65 66 124 216 233 23 172 93 160 25 46 169 163 165 179 "
        "153 174 132 178 98 123 128 113 114 115 101 94 99 168 278 283 293",
    ),
}
NO_NEW_PRIVILEGES, SECCOMP, FILTER = 38, 22, 2  # of prctl(2)
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06  # of a filter's small language: seccomp(2)
REFUSE, ALLOW = 0x00050000 | 1, 0x7FFF0000  # the call fails with EPERM; the call is made


def main(program: str, memory: str, seconds: str, largest: str, *words: str) -> None:
    """`memory` and `largest` (of its answer) are bytes, `seconds` are of computing."""
    keep_small(int(memory), int(seconds), int(largest))
    part = runpy.run_path(program)
    part["prepare"]()
    shut()
    part["main"](*words)


def keep_small(memory: int, seconds: int, largest: int) -> None:
    """Whatever a system does not let us set is left: the time it may take is watched from outside as well."""
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, largest),
        (resource.RLIMIT_NPROC, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def shut() -> bool:
    """From here on only what is allowed. False where this system knows no such thing."""
    if sys.platform != "linux" or platform.machine() not in ALLOWED:
        return False
    architecture, numbers = ALLOWED[platform.machine()]
    calls = [int(number) for number in numbers.split()]
    steps = [(LOAD, 0, 0, 4), (EQUAL, 1, 0, architecture), (RETURN, 0, 0, REFUSE), (LOAD, 0, 0, 0)]
    steps += [(EQUAL, len(calls) - place, 0, call) for place, call in enumerate(calls)]
    steps += [(RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    asked = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code)))
    prctl = ctypes.CDLL(None).prctl
    return prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0 and prctl(SECCOMP, FILTER, asked) == 0


if __name__ == "__main__":
    main(*sys.argv[1:])
