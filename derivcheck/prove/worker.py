"""The child process: length-prefixed JSON requests, answered by how each was proved, or null."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from typing import BinaryIO

PREFIX = 4  # bytes of length, big-endian
MEMORY = 2 << 30


def _limited() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _send(out: BinaryIO, answer: object) -> None:
    data = json.dumps(answer).encode()
    out.write(len(data).to_bytes(PREFIX, "big") + data)
    out.flush()


def serve(source: BinaryIO, out: BinaryIO) -> None:
    """Announces itself, then answers until the pipe closes."""
    from derivcheck.prove.scalar import decided

    _send(out, "ready")
    while len(head := source.read(PREFIX)) == PREFIX:
        request = json.loads(source.read(int.from_bytes(head, "big")))
        try:
            answer = decided(request)
        except Exception:  # whatever SymPy trips over is no proof
            answer = None
        _send(out, answer)


if __name__ == "__main__":
    _limited()
    answers = os.fdopen(os.dup(1), "wb")
    sys.stdout = sys.stderr  # nothing but answers goes through the pipe
    serve(sys.stdin.buffer, answers)
