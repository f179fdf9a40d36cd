"""The one SymPy child process of this process: started on first use, reused, killed at a deadline."""

from __future__ import annotations

import atexit
import json
import os
import selectors
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from derivcheck.prove.proof import OutOfReach, Proof
from derivcheck.prove.wire import Json, encoded
from derivcheck.terms.term import Claim

STARTUP = 20.0  # seconds that importing SymPy may take; not charged to a claim
PREFIX = 4
MAX_ANSWER = 1 << 16


class Child:
    """Requests and answers are length-prefixed JSON; a late or broken answer kills the process."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def ask(self, request: Json, deadline: float) -> str | None:
        """The child's answer within `deadline` seconds, None when late, broken or negative."""
        try:
            if self.process is None or self.process.poll() is not None:
                self._start()
            self._send(request)
            answer = self._receive(time.monotonic() + deadline)
        except (OSError, ValueError, TimeoutError):
            self.close()
            return None
        return answer if isinstance(answer, str) else None

    def close(self) -> None:
        """Ends the process; the next request starts another."""
        process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def _start(self) -> None:
        self.close()
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(p for p in (root, os.environ.get("PYTHONPATH", "")) if p)
        # -P: a sympy.py in the directory of the documents must not be imported
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "derivcheck.prove.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0"},
        )  # fmt: skip
        if self._receive(time.monotonic() + STARTUP) != "ready":
            raise ValueError("no greeting")

    def _send(self, request: Json) -> None:
        data = json.dumps(request).encode()
        pipe = self._pipe("stdin")
        pipe.write(len(data).to_bytes(PREFIX, "big") + data)
        pipe.flush()

    def _receive(self, until: float) -> object:
        size = int.from_bytes(self._read(PREFIX, until), "big")
        if size > MAX_ANSWER:
            raise ValueError("too long an answer")
        return json.loads(self._read(size, until))

    def _read(self, size: int, until: float) -> bytes:
        pipe, data = self._pipe("stdout"), b""
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while len(data) < size:
                if not selector.select(max(0.0, until - time.monotonic())):
                    raise TimeoutError
                part = os.read(pipe.fileno(), size - len(data))
                if not part:
                    raise ValueError("the child has ended")
                data += part
        return data

    def _pipe(self, name: str) -> IO[bytes]:
        pipe = getattr(self.process, name, None)
        if pipe is None:
            raise ValueError("no child")
        return pipe  # type: ignore[no-any-return]


_CHILD = Child()
atexit.register(_CHILD.close)


def close() -> None:
    """Ends the child process, if there is one."""
    _CHILD.close()


def prove_with_sympy(claim: Claim, deadline: float) -> Proof | None:
    """A proof by simplification of lhs − rhs to 0 in the child within `deadline` seconds; never a refutation.

    Work is capped by counts inside the child; the deadline is a safety net and should be generous,
    since hitting it makes the answer depend on the machine.
    """
    if claim.relation != "=":
        return None
    try:
        request = encoded(claim)
    except (OutOfReach, RecursionError):
        return None
    how = _CHILD.ask(request, deadline)
    if how is None:
        return None
    return Proof("sympy", _assumptions(claim), f"lhs − rhs simplifies to 0 ({how})")


def _assumptions(claim: Claim) -> tuple[str, ...]:
    return tuple(
        f"{s.latex or s.key} {', '.join(sorted(s.properties))}"
        for _, s in sorted(claim.symbols.items())
        if s.properties
    )
