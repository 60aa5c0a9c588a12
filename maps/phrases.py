"""Phrases that open locked cards: drawn by chance, easy to type on a phone, the same however they are typed.

A locked file can be guessed at by whoever holds it, for as long as he likes, so nobody may choose a phrase. Eighteen
letters out of nineteen are 18 x log2(19) = 76.4 bits. At a supposed 10^15 SHA-256 blocks a second (a data centre of
graphics cards) a guess at a page costs 2 x 600,000 blocks, so half of all phrases take 1.0e23 / 2 x 1.2e6 / 1e15
seconds = two million years; a guess at a PDF (ISO 32000-2, algorithm 2.B: 64 rounds or more, over some 5,000 blocks)
is cheaper: eight thousand years.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping

ALPHABET = "bcdfghjkmnpqrstvwxz"
"""No vowels, which would make words; no l, y or digits, which look or sound like others. One keyboard of a phone."""
GROUPS, GROUP = 6, 3
_TYPED_ONLY = re.compile(r"[^a-z0-9]")
_GENERATED = re.compile(f"[{ALPHABET}]{{{GROUPS * GROUP}}}")


def phrases(nurses: Iterable[str], kept: Mapping[str, str] | None = None) -> dict[str, str]:
    """Nurse -> her phrase, as written: ``bcd-fgh-jkm-npq-rst-vwx``. ``kept`` are phrases that nurses have already
    (``instances.phrases``); they stay. Raises ``ValueError`` on a kept phrase that was not generated."""
    known = {nurse: letters(phrase) for nurse, phrase in (kept or {}).items()}
    if weak := sorted(nurse for nurse, phrase in known.items() if not _GENERATED.fullmatch(phrase)):
        raise ValueError(f"phrases that were not generated: {', '.join(weak)}")
    return {nurse: written(known.get(nurse) or _drawn()) for nurse in nurses}


def letters(phrase: str) -> str:
    """What counts of a typed phrase: its letters and digits as small letters; spaces, dashes and the like do not.
    ``templates/locked.js`` does the same."""
    return _TYPED_ONLY.sub("", phrase.lower())


def written(plain: str) -> str:
    """Letters in groups of three with dashes, as people read them aloud."""
    return "-".join(plain[start : start + GROUP] for start in range(0, len(plain), GROUP))


def _drawn() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP))
