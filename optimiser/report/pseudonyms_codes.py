"""Short codes that stand for ids: the same under the same key, and without the key nobody can work them out."""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal

Kind = Literal["nurse", "client", "order", "visit", "task", "link", "place", "duty", "employer"]
LETTERS: dict[Kind, str] = {
    "nurse": "M", "client": "C", "order": "O", "visit": "B", "task": "T", "link": "K", "place": "P", "duty": "D",
    "employer": "W",
}  # fmt: skip
"""First letter of a code: medewerker, client, opdracht, bezoek, taak, koppeling, plaats, dienst, werkgever."""
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 signs: no I, L, O and U, so that a code that is read out is not misheard or misread."""
SHORT, LONG = 5, 26


class Codes:
    """Kind and id -> code, such as ``M-7F3K9``.

    A code is HMAC-SHA256 of kind and id under the key (RFC 2104), five signs of it. Where ids that are known together
    would have one code, each of them gets as many more signs as it takes to tell them apart. So the code that one of
    them had before never comes to stand for another.
    """

    def __init__(self, key: bytes, ids: Mapping[Kind, Iterable[str]], short: int = SHORT) -> None:
        self._key = key
        self._short = short
        self._codes: dict[tuple[Kind, str], str] = {}
        self._taken: set[str] = set()
        for kind in LETTERS:
            self._tell_apart(kind, set(ids.get(kind, ())))

    def __call__(self, kind: Kind, identity: str) -> str:
        """The code; of an id that was not known from the start too."""
        found = self._codes.get((kind, identity))
        if found is None:
            signs = self._signs(kind, identity)
            lengths = range(self._short, LONG + 1)
            found = next(code for size in lengths if (code := _written(kind, signs, size)) not in self._taken)
            self._codes[kind, identity] = found
            self._taken.add(found)
        return found

    def knows(self, kind: Kind, identity: str) -> bool:
        """Whether the id was known from the start."""
        return (kind, identity) in self._codes

    def behind(self, code: str) -> tuple[Kind, str] | None:
        """Kind and id that a code stands for; None where no known id has it."""
        return next((who for who, each in self._codes.items() if each == code.strip().upper()), None)

    def keyed(self, content: str) -> str:
        """A long code of any text, as long as the fingerprints it stands for."""
        return hmac.new(self._key, f"text\0{content}".encode(), hashlib.sha256).hexdigest()[:24]

    def _tell_apart(self, kind: Kind, ids: set[str]) -> None:
        alike: dict[str, list[str]] = defaultdict(list)
        signs = {identity: self._signs(kind, identity) for identity in ids}
        for identity, own in signs.items():
            alike[own[: self._short]].append(identity)
        for group in alike.values():
            lengths = range(self._short, LONG + 1)
            size = next(size for size in lengths if len({signs[each][:size] for each in group}) == len(group))
            for identity in group:
                self._codes[kind, identity] = _written(kind, signs[identity], size)
        self._taken.update(code for (each, _), code in self._codes.items() if each == kind)

    def _signs(self, kind: Kind, identity: str) -> str:
        digest = hmac.new(self._key, f"{kind}\0{identity}".encode(), hashlib.sha256).digest()
        number = int.from_bytes(digest, "big")
        return "".join(ALPHABET[number >> shift & 31] for shift in range(251, 251 - 5 * LONG, -5))


def _written(kind: Kind, signs: str, size: int) -> str:
    return f"{LETTERS[kind]}-{signs[:size]}"
