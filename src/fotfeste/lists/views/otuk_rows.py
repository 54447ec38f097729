"""What the boards of a round show, whoever opens them."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste import codes
from fotfeste.access.actor import Actor
from fotfeste.casework.enums import FeedbackCategory, FeedbackSource, NextOwner
from fotfeste.casework.selectors.answers import Answer
from fotfeste.casework.selectors.labels import reason_name, status_name
from fotfeste.kernel import formats, opaque
from fotfeste.kernel.ui import Link, Tone
from fotfeste.lists import policies
from fotfeste.lists.forms import ClosingForm
from fotfeste.lists.selectors import otuk as selectors
from fotfeste.lists.selectors.otuk import BoardRow
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units

if TYPE_CHECKING:
    from fotfeste.lists.models import OtukRound

#: What an address of a board says when only those nobody has answered about are shown.
ONLY_OPEN = "vis=ubesvart"


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of a row. ``asks`` when there is more to fill in first."""

    key: str
    value: str
    label: str
    asks: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    """
    A row of a board as it is drawn.

    :ivar told_by: who told what is answered. ``next_owner`` is who takes the next step.
    :ivar reason: why the youth is on the list, in the reader's language.
    :ivar takes_contact: whether contact is registered here too: the youth is the unit's own.
    """

    row: BoardRow
    key: str
    since: date | None
    answer: str
    tone: Tone
    question: str
    chosen: str
    earlier: str
    told_by: str = ""
    next_owner: str = ""
    reason: str = ""
    takes_contact: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """A unit's board: whose it is, its rows, and how far it has come."""

    round: "OtukRound"
    unit_id: int
    name: str
    for_nav: bool
    rows: list[BoardRow]

    @property
    def answered(self) -> int:
        """Return how many are answered about."""
        return sum(row.is_answered for row in self.rows)

    @property
    def clarified(self) -> int:
        """Return how many the unit knows what do, or that are not its own."""
        return sum(row.answer is not None and row.answer.is_clarified for row in self.rows)


def open_board(made: "OtukRound", unit_id: int, today: date) -> Board | None:
    """Return a unit's board in a round; None when the unit is not one that is asked."""
    unit = units.unit_or_none(unit_id=unit_id)
    if unit is None or unit.county_id != made.county_id:
        return None
    if unit.kind == UnitKind.NAV_OFFICE:
        return Board(made, unit_id, unit.name, True, selectors.nav_board(made=made, unit_id=unit_id, today=today))
    if unit.kind == UnitKind.DISTRICT:
        return Board(made, unit_id, unit.name, False, selectors.board(made=made, unit_id=unit_id))
    return None


def my_boards(actor: Actor, today: date) -> list[Board]:
    """Return the boards of the round that is out, of the units the actor answers for."""
    boards = []
    for county_id in sorted(actor.county_ids):
        made = selectors.current_round(county_id=county_id)
        if made is None:
            continue
        for unit_id in sorted(policies.asked_units(actor)):
            board = open_board(made, unit_id, today)
            if board is not None and board.rows:
                boards.append(board)
    return boards


def wants_only_open(request: HttpRequest) -> bool:
    """Say whether an address asks for those nobody has answered about alone."""
    return request.GET.get("vis") == "ubesvart"


def choices(*, for_nav: bool) -> list[Choice]:
    """Return the buttons of each row: seven answers of a district, the three lawful ones of Nav."""
    if for_nav:
        return [
            Choice("1", FeedbackCategory.FOLLOWED_UP, _("Ivaretatt")),
            Choice("2", FeedbackCategory.STILL_UNKNOWN, _("Ikke ivaretatt")),
            Choice("3", FeedbackCategory.MOVED, _("Har flyttet")),
        ]
    return [
        Choice("1", FeedbackCategory.REACHED, _("Nådd")),
        Choice("2", FeedbackCategory.IN_ACTIVITY, _("I aktivitet …"), asks=True),
        Choice("3", FeedbackCategory.MOVED, _("Flyttet")),
        Choice("4", FeedbackCategory.FOLLOWED_UP, _("Følges opp")),
        Choice("5", FeedbackCategory.WRONG, _("Feil")),
        Choice("6", FeedbackCategory.STILL_UNKNOWN, _("Fortsatt ukjent")),
        Choice("7", FeedbackCategory.BY_NAV, _("Nav følger opp")),
    ]


def shown_row(row: BoardRow, *, for_nav: bool, takes_contact: bool = False) -> ShownRow:
    """Return a row as it is drawn."""
    answer, since = row.answer, row.fields.get("since")
    return ShownRow(
        row=row,
        key=opaque.encode(row.youth_id),
        since=date.fromisoformat(since) if since else None,
        answer=_told(answer, for_nav=for_nav) if answer else "",
        tone=tone_of(answer),
        question=answer.question if answer and not answer.stands else "",
        chosen=answer.category.value if answer and answer.stands else "",
        earlier=_earlier(row, for_nav=for_nav),
        told_by=str(FeedbackSource(answer.told_by).label) if answer and answer.told_by else "",
        next_owner=str(NextOwner(answer.next_owner).label) if answer and answer.next_owner else "",
        reason=_why_listed(row.fields.get("reason", "")),
        takes_contact=takes_contact,
    )


def closing_of(actor: Actor, board: Board, left: int) -> dict[str, Any]:
    """Return how a district's list was closed, or the form that closes it for those who may."""
    made = board.round
    if board.for_nav or not board.rows:
        return {"closing": None, "closing_form": None}
    closing = selectors.closings_of(made=made).get(board.unit_id)
    may = policies.may_close_list(actor=actor, county_id=made.county_id, unit_id=board.unit_id)
    if closing is not None or made.closed_at is not None or not may:
        return {"closing": closing, "closing_form": None}
    is_theirs = board.unit_id not in policies.asked_units(actor)
    return {"closing": None, "closing_form": ClosingForm(has_left=bool(left), is_theirs=is_theirs)}


def crumbs(made: "OtukRound", *, linked: bool = False) -> list[Link]:
    """Return the way back from a round, or from a page under it."""
    here = _("Runde %(day)s") % {"day": formats.day(made.on)}
    url = reverse("lists:otuk_round", kwargs={"round_id": made.pk}) if linked else ""
    return [Link(_("OTUK-lister"), reverse("lists:otuk")), Link(here, url)]


def answer_in_words(answer: Answer) -> str:
    """Return what Nav has answered, in its own three words."""
    return _told(answer, for_nav=True)


def _told(answer: Answer, *, for_nav: bool) -> str:
    words = {choice.value: choice.label.removesuffix(" …") for choice in choices(for_nav=for_nav)}
    said = words.get(answer.category.value, str(answer.category.label))
    return f"{said}: {status_name(answer.activity_code)}" if answer.activity_code else said


def _why_listed(frozen: str) -> str:
    """Return why somebody is on the list, as the reader says it; the list keeps it as it was written."""
    found = next((key.value for key, text in codes.reason_texts().items() if text.name_nb == frozen), "")
    return reason_name(found) if found else frozen


def tone_of(answer: Answer | None) -> Tone:
    """Return what an answer means to the one who looks."""
    if answer is None:
        return Tone.UNKNOWN
    if not answer.stands:
        return Tone.DANGER
    return Tone.ATTENTION if answer.category is FeedbackCategory.STILL_UNKNOWN else Tone.OK


def _earlier(row: BoardRow, *, for_nav: bool) -> str:
    if row.earlier is None:
        return ""
    said: dict[str, Any] = {"answer": _told(row.earlier, for_nav=for_nav), "day": formats.day(row.earlier.sent_at)}
    return _("%(answer)s, %(day)s") % said
