"""The proof tier: a tensor network first, then SymPy for scalars and small explicit matrices."""

from __future__ import annotations

from derivcheck.prove.network import prove_network
from derivcheck.prove.proof import Proof
from derivcheck.terms.dim import ONE
from derivcheck.terms.term import Block, Claim
from derivcheck.verify.evidence import Evidence, Refuted

DEADLINE = 5.0  # seconds for SymPy


def prove(
    claim: Claim, evidence: Evidence | None, *, deadline: float = DEADLINE, sympy: bool = True
) -> Proof | None:
    """A proof of the claim, or None. What was refuted is not tried."""
    if isinstance(evidence, Refuted):
        return None
    proof = prove_network(claim)
    if proof is not None or not sympy or not _suits_sympy(claim):
        return proof
    from derivcheck.prove.child import prove_with_sympy

    return prove_with_sympy(claim, deadline)


def _suits_sympy(claim: Claim) -> bool:
    """Is it a claim between scalars or explicit matrices of known size?"""
    return claim.lhs.shape == (ONE, ONE) or isinstance(claim.lhs, Block) or isinstance(claim.rhs, Block)
