"""What a nurse's card says besides her plan: what to bring to an act or an order, and where to fetch it."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from optimiser.domain.noun import Id, Noun


class Bring(Noun):
    """What to bring. Read for cards only: neither planner nor check knows it, and it is no part of an instance."""

    work: Id
    """An act (for everyone who gets it) or an order (for one client, besides what its acts need)."""
    items: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    """What, in words."""
    fetch: Id | None = None
    """The place where it is fetched; None where the team has it or it lies at the client's."""
