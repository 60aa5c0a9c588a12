"""What stands on a nurse's card, in words: the same for the page, the locked page and the PDF."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from maps.told import ToldLine


@dataclass(frozen=True)
class Contact:
    """Whom to call. ``role`` says why; ``dial`` is what a phone dials, empty without a number that can be dialled."""

    id: str
    role: str
    name: str
    phone: str = ""
    dial: str = ""


@dataclass(frozen=True)
class Navigation:
    """Links that open a phone's own navigation and ask nothing of anyone before the tap.

    ``geo`` is for Android, ``apple`` for iPhone and Mac (see ``maps.card_contacts.navigation``).
    """

    geo: str
    apple: str


@dataclass(frozen=True)
class Packing:
    """What to bring from one place. ``place`` is its name, empty for what the team has or what lies at the client's;
    ``items`` are (what, numbers of the stops)."""

    place: str
    address: str
    phone: str
    dial: str
    navigation: Navigation | None
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CardStop:
    """One line of a duty: a visit, a task or the break (``what``); ``number`` is 0 for the break.

    All texts are in the card's language and empty where there is nothing to say. ``way`` is how it is reached
    (minutes, way of travel, km, waiting). ``form`` tells of the order form, ``form_warning`` that it needs care.
    ``partner`` is the other nurse of a two-nurse visit. ``notes`` and ``key_box`` are filled on locked cards only.
    ``anchor`` is unique on a page; ``latitude`` is None without a place.
    """

    anchor: str
    number: int
    what: str
    start: str
    end: str
    minutes: str
    title: str
    way: str = ""
    client: str = ""
    person: str = ""
    address: str = ""
    navigation: Navigation | None = None
    phone: str = ""
    dial: str = ""
    window: str = ""
    critical: str = ""
    partner: Contact | None = None
    form: str = ""
    form_warning: bool = False
    bring: tuple[str, ...] = ()
    safety: tuple[str, ...] = ()
    parking: str = ""
    notes: str = ""
    key_box: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class CardDuty:
    """One duty of the day. ``leave`` and ``back`` are the words before the first and after the last stop; ``empty``
    says that it has no stops. ``backups``: whom to call when it goes wrong, colleagues before the organisation."""

    code: str
    name: str
    category: str
    standby: bool
    span: str
    leave: str
    back: str
    empty: str
    stops: tuple[CardStop, ...]
    backups: tuple[Contact, ...]


@dataclass(frozen=True)
class Card:
    """All the words of one nurse's day. ``told`` is what changed since the roster she was told; ``companion`` the id of
    the colleague a student follows and ``guide`` how to reach her; ``note`` how to read the map and travel times;
    ``ledger`` what she had before this roster of what is shared fairly this year, which no change of it changes."""

    nurse: str
    name: str
    day: date
    title: str
    duties: tuple[CardDuty, ...]
    facts: str
    companion: str = ""
    guide: Contact | None = None
    told: tuple[ToldLine, ...] = ()
    packing: tuple[Packing, ...] = ()
    note: str = ""
    ledger: tuple[str, ...] = ()
    language: str = "nl"
    labels: dict[str, str] = field(default_factory=dict)
    """Fixed words by short name: ``apple``, ``bring``, ``call``, ``key_box``, ``ledger``, ``navigate``, ``notes``,
    ``packing``, ``parking``, ``safety``, ``skip``, ``to_call``, ``told``, ``told_since``."""

    @property
    def stops(self) -> tuple[CardStop, ...]:
        """The stops of all duties, breaks included."""
        return tuple(stop for duty in self.duties for stop in duty.stops)
