"""Washing a list: how far the district and its Nav office have come with it, and what is agreed of whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fotfeste.access.roles import Role
from fotfeste.access.sharing import SharingRule, rules_on
from fotfeste.access.topics import Ground
from fotfeste.casework.enums import FeedbackCategory, FeedbackState
from fotfeste.casework.selectors.answers import Answer, newest_answers
from fotfeste.kernel.together import Rows, read_together
from fotfeste.lists.models import OtukRound, WashAgreement, WashSession
from fotfeste.lists.selectors import otuk
from fotfeste.organisations.selectors import units
from fotfeste.people.selectors.youths import youths_by_id
from fotfeste.spec import implements

#: The answers after which somebody is to take the next step.
ASKS_OWNER = frozenset({FeedbackCategory.STILL_UNKNOWN, FeedbackCategory.MOVED})


@dataclass(frozen=True, slots=True)
class WashRow:
    """
    One youth on the district's list, with what Nav has answered.

    :ivar answer: Nav's answer in this round; None as long as there is none.
    :ivar agreement: who takes the next step.
    """

    number: int
    youth_id: int
    name: str
    born: date
    answer: Answer | None
    agreement: WashAgreement | None

    @property
    @implements("wash-answer", "wash-answer-date", "wash-answered-by")
    def is_answered(self) -> bool:
        """Return whether Nav has answered."""
        return self.answer is not None and self.answer.stands

    @property
    def asks_owner(self) -> bool:
        """Return whether somebody must take the next step, and nobody is agreed."""
        return self.wants_owner and self.agreement is None

    @property
    def wants_owner(self) -> bool:
        """Return whether the answer is one after which somebody must take the next step."""
        return self.answer is not None and self.answer.stands and self.answer.category in ASKS_OWNER

    @property
    @implements("wash-feedback-sent")
    def is_reported(self) -> bool:
        """Return whether the answer has reached the administration: it is a message to it from the first moment."""
        return self.is_answered

    @property
    @implements("rule-wash-to-status")
    def is_used(self) -> bool:
        """Return whether the administration has made a status of the answer, or confirmed the one that stands."""
        return self.answer is not None and self.answer.state == FeedbackState.ACCEPTED


@dataclass(frozen=True, slots=True)
class Wash:
    """A district's list as it is gone through with Nav."""

    session: WashSession
    rows: list[WashRow]

    @property
    def answered(self) -> int:
        """Return how many Nav has answered about."""
        return sum(row.is_answered for row in self.rows)

    @property
    def left(self) -> int:
        """Return how many Nav has not answered about."""
        return len(self.rows) - self.answered

    @property
    def without_owner(self) -> int:
        """Return how many somebody must take on, and nobody is agreed."""
        return sum(row.asks_owner for row in self.rows)


_AROUND = ("round", "district", "office", "opened_by", "missing_by", "closed_by", "match_asked_by", "matched_by")
# Of so many tables the database takes far longer to plan the joining than to do it, so it is planned once.
_SESSION = Rows(WashSession, "t.id = %(session_id)s", "t.id", related=_AROUND)
_OF_LIST = Rows(WashSession, "t.round_id = %(round_id)s AND t.district_id = %(district_id)s", "t.id", related=_AROUND)

_OF_ROUND = Rows(WashSession, "t.round_id = %(round_id)s", "district.name, t.id", related=_AROUND)


def session_of(*, made: OtukRound, district_id: int) -> WashSession | None:
    """Return how a district's list in a round is washed; None when nobody has opened it, or it is another's."""
    return _read(_OF_LIST, round_id=made.pk, district_id=district_id)


def session_or_none(*, session_id: int) -> WashSession | None:
    """Return a wash, among those the actor takes part in."""
    return _read(_SESSION, session_id=session_id)


def sessions_of(*, made: OtukRound) -> list[WashSession]:
    """Return the washes of a round the actor takes part in, by district."""
    [rows] = read_together(_OF_ROUND, values={"round_id": made.pk})
    return list(rows)


def open_sessions(*, district_id: int) -> list[WashSession]:
    """Return the washes of a district's lists that go on, the newest list first."""
    rows = _sessions().filter(district_id=district_id, closed_at=None, round__closed_at=None)
    return list(rows.order_by("-round__on", "pk"))


@implements("wash-batch", "wash-youth")
def wash_of(session: WashSession) -> Wash:
    """
    Return a district's list with what Nav has answered, to whoever may read the list.

    Nav's messages go to the administration, and no other unit reads them. To the district whose list it is they are
    told here, for as long as the wash lasts, and only of the youths on it that the actor is shown.
    """
    return Wash(session, rows_in(session))


def rows_in(session: WashSession, youth_ids: Iterable[int] | None = None) -> list[WashRow]:
    """Return the rows of a washed list as ``wash_of`` tells them: of all, or only those about some youths."""
    rows = otuk.rows_of(made=session.round, unit_id=session.district_id, youth_ids=youth_ids)
    answers = office_answers(session, [row.youth_id for row in rows])
    agreed = agreements_of(session)
    return [
        WashRow(
            number=row.number,
            youth_id=row.youth_id,
            name=row.fields["name"],
            born=date.fromisoformat(row.fields["born"]),
            answer=answers.get(row.youth_id),
            agreement=agreed.get(row.youth_id),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """One youth Nav is asked about in a wash: who it is, and nothing more."""

    youth_id: int
    name: str
    born: date


def asked_in(session: WashSession) -> list[Asked]:
    """
    Return who is asked about in a wash, of those the actor is shown, by number on the list.

    Nav reads no row of the list. It is shown those of them it is asked about, as they stand on the list.
    """
    with otuk.as_list_maker(session.county_id):
        rows = otuk.rows_of(made=session.round, unit_id=session.district_id)
    shown = youths_by_id(row.youth_id for row in rows)
    return [
        Asked(row.youth_id, row.fields["name"], date.fromisoformat(row.fields["born"]))
        for row in rows
        if row.youth_id in shown and shown[row.youth_id].protection == "none"
    ]


def office_answers(session: WashSession, youth_ids: Iterable[int]) -> dict[int, Answer]:
    """Return the Nav office's newest answer about each of some youths in the round."""
    since, before = otuk.time_of(session.round)
    with otuk.as_list_maker(session.county_id):
        found = newest_answers(youth_ids=youth_ids, unit_ids=[session.office_id], since=since, before=before)
    return {youth_id: answer for (youth_id, _unit), answer in found.items()}


def agreements_of(session: WashSession) -> dict[int, WashAgreement]:
    """Return what is agreed in a wash, by youth."""
    rows = session.agreements.select_related("for_unit", "for_user", "agreed_by")
    return {row.youth_id: row for row in rows}


@implements("amb-37")
def basis_of_wash(*, on: date) -> SharingRule | None:
    """Return the rule by which Nav is asked about the youths on a list, and its legal ground."""
    of_nav = (rule for rule in rules_on(on) if Role.NAV_RESPONSIBLE.value in rule.receivers)
    return next((rule for rule in of_nav if rule.ground is Ground.OTUK_LIST), None)


def office_of(*, district_id: int, made: OtukRound) -> int | None:
    """Return the Nav office that is asked about a district's list, as it was on the day of the list."""
    found = units.districts(county_id=made.county_id, on=made.on)
    return next((each.nav_office_id for each in found if each.unit_id == district_id), None)


def _sessions():  # type: ignore[no-untyped-def]
    return WashSession.objects.select_related(*_AROUND)


def _read(which: Rows, **values: int) -> WashSession | None:
    [rows] = read_together(which, values=values)
    return next(iter(rows), None)
