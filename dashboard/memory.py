"""Memory of a process that lives for months: given back when it is free, not kept in case."""

from __future__ import annotations

import ctypes
import gc
import sys

# numbers of glibc's mallopt(3)
TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8
MEGABYTE = 1024 * 1024


def keep_little() -> None:
    """Tells the C library of Linux to keep little of what is freed: one arena for all threads, and columns of large
    tables, which come and go while data is read, as pieces of their own. Elsewhere nothing."""
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        for option, value in ((ARENA_MAX, 1), (MMAP_THRESHOLD, 4 * MEGABYTE), (TRIM_THRESHOLD, 4 * MEGABYTE)):
            mallopt(option, value)


def give_back() -> None:
    """Gives back what reading a large collection took."""
    gc.collect()
    trim()


def trim() -> None:
    """Gives back what is free between what is in use: a millisecond."""
    if sys.platform == "linux" and (malloc_trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        malloc_trim(0)
