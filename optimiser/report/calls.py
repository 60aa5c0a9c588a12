"""The nouns of a call list: a duty to fill, a colleague to tell, a client to call, what stays open, what was tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optimiser.domain.events import Event
from optimiser.domain.plan import Duty, Unserved
from optimiser.domain.work import Priority
from optimiser.report.changes import Change, Place
from optimiser.report.replanned import Spoken

PRIORITIES: tuple[Priority, ...] = ("critical", "high", "normal")
"""Most pressing first."""


@dataclass(frozen=True)
class Ask:
    """A nurse to ask for a duty. ``over``: her planned minutes above contract in the week of the duty, with the duty.

    ``served`` and ``travel`` (minutes) are what the plan serves and travels more with her; None: not tried.
    """

    nurse: str
    possible: bool
    blocking: Spoken | None
    signals: tuple[Spoken, ...]
    over: int
    wished_free: bool
    on_free_day: bool
    served: int | None
    travel: int | None


@dataclass(frozen=True)
class ToFill:
    """A duty that nobody has: day, kind and who had it (ids), its start and end (horizon minutes), whom to ask."""

    day: date
    kind: str
    had: str
    start: int
    end: int
    asks: tuple[Ask, ...]


@dataclass(frozen=True)
class ToTell:
    """A colleague to tell: work that comes, goes or moves by more than 15 minutes, duties she gets and loses, how many
    starts move by less; ``partners`` (visit, who comes with her now), ``follows`` the companion whose route changed,
    ``travel`` whether her travel takes longer or goes another way."""

    nurse: str
    comes: tuple[Change, ...] = ()
    goes: tuple[Change, ...] = ()
    moves: tuple[Change, ...] = ()
    small: int = 0
    gets: tuple[Duty, ...] = ()
    loses: tuple[Duty, ...] = ()
    partners: tuple[tuple[str, str], ...] = ()
    follows: str = ""
    travel: bool = False

    @property
    def to_call(self) -> bool:
        """Whether a message with her new page would be too little."""
        return bool(self.comes or self.goes or self.moves or self.gets or self.loses or self.partners)


@dataclass(frozen=True)
class VisitCall:
    """A visit that changed for its client: who came and when (one place for each nurse), and who comes now."""

    visit: str
    priority: Priority
    before: tuple[Place, ...]
    after: tuple[Place, ...]
    change: Change

    @property
    def start(self) -> int:
        """The first minute that matters."""
        return min(place.start for place in (*self.before, *self.after))


@dataclass(frozen=True)
class ClientCall:
    """One call to a client, with every visit of theirs that changed."""

    client: str
    organisation: str
    visits: tuple[VisitCall, ...]

    @property
    def priority(self) -> Priority:
        """The most pressing of the visits."""
        return min((each.priority for each in self.visits), key=PRIORITIES.index)


@dataclass(frozen=True)
class StillOpen:
    """Work that nobody does: the next window in which it could be done, the end of its last one (horizon minutes), its
    minutes, and why (``reason`` of ``Unserved``). ``new``: it was planned before, or came after the plan was published.
    Tasks have no client."""

    work: str
    client: str
    organisation: str
    priority: Priority
    start: int
    end: int
    last: int
    minutes: int
    why: Unserved
    new: bool


@dataclass(frozen=True)
class Limit:
    """One plan that was tried: visits changed, work left open, travel with home legs in minutes; ``chosen`` is made."""

    changed: int
    open_work: int
    travel: int
    chosen: bool


@dataclass(frozen=True)
class CallList:
    """All of it. ``at`` is the minute at which the last event was known; ``happened`` are the events since the plan
    that was told."""

    at: int
    happened: tuple[Event, ...]
    to_fill: tuple[ToFill, ...]
    to_tell: tuple[ToTell, ...]
    to_call: tuple[ClientCall, ...]
    still_open: tuple[StillOpen, ...]
    limits: tuple[Limit, ...]
