"""Time-ordered identifiers that a client device may create too."""

import os
import time
from uuid import UUID

_MS = 1_000_000  # nanoseconds


def new_id(at_ms: int | None = None) -> UUID:
    """Return a UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, then random bits.

    Without `at_ms`, the first 12 of them are the fraction of the millisecond (RFC 9562, 6.2, method 3), so that what
    one transaction writes stays in order.
    """
    now = time.time_ns()
    noise = int.from_bytes(os.urandom(10), "big")
    if at_ms is None:
        noise = noise & ((1 << 64) - 1) | (now % _MS * 4096 // _MS) << 64
    stamp = now // _MS if at_ms is None else at_ms
    value = (stamp & ((1 << 48) - 1)) << 80 | noise
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
