"""One youth for each way somebody can stand to a youth, with a word of their own for each topic, and what is open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from fotfeste.access import sharing
from fotfeste.access.actor import Actor
from fotfeste.access.roles import ROLES, Role
from fotfeste.access.scope import acting_as
from fotfeste.access.services import grants
from fotfeste.access.services.grants import Opening
from fotfeste.access.topics import Ground, Topic
from fotfeste.casework.models import ContactAttempt, Feedback, JournalNote, Registration
from fotfeste.kernel import clock
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit
from fotfeste.people.enums import ADDRESS_PROTECTING
from fotfeste.people.models import Address, ContactDetail, Enrolment, Guardian
from tests import factories as make

FAR = 46
_YESTERDAY, _TOMORROW = make.TODAY - timedelta(days=1), make.TODAY + timedelta(days=1)
#: What rides on the row, whoever else the youth has something to do with.
_RIDES = {True: (Ground.COUNTY_COORDINATION, Ground.OVERSIGHT), False: ()}


@dataclass(frozen=True)
class Relation:
    """
    How a unit stands to a youth.

    :ivar ground: what opens something to the unit, beside what rides on the row; None when nothing does.
    :ivar topics: what a release is limited to.
    :ivar is_open: whether the ground still holds; ``days`` and ``is_withdrawn`` say why not.
    """

    name: str
    ground: Ground | None = None
    topics: frozenset[Topic] | None = None
    is_own: bool = False
    is_far: bool = False
    protection: str = "none"
    days: tuple[date, date | None] = (make.TODAY, None)
    is_withdrawn: bool = False
    is_personal: bool = False
    is_open: bool = True


def relations() -> Iterator[Relation]:
    """Yield every relation there is."""
    yield Relation("nothing")
    yield Relation("responsible", Ground.RESPONSIBLE_UNIT, is_own=True)
    yield Relation("responsible, protected", Ground.RESPONSIBLE_UNIT, is_own=True, protection="strictly_confidential")
    yield Relation("nothing, protected", protection="strictly_confidential")
    yield Relation("responsible, shielded", Ground.RESPONSIBLE_UNIT, is_own=True, protection="shielded")
    yield Relation("nothing, shielded", protection="shielded")
    yield Relation("another county", is_far=True)
    for ground in (
        Ground.FORMER_UNIT,
        Ground.OTUK_LIST,
        Ground.STATUS_REGISTRAR,
        Ground.RELEASE,
        Ground.INVITATION,
        Ground.PERMISSION_25_1,
        Ground.NOTICE,
    ):
        yield Relation(str(ground), ground)
    for topic in sorted(_releasable()):
        yield Relation(f"released {topic}", Ground.RELEASE, frozenset({topic}))
    yield Relation("released, from tomorrow", Ground.RELEASE, days=(_TOMORROW, None), is_open=False)
    yield Relation("released, until yesterday", Ground.RELEASE, days=(date(2026, 1, 1), _YESTERDAY), is_open=False)
    yield Relation("released, withdrawn", Ground.RELEASE, is_withdrawn=True, is_open=False)
    yield Relation("listed, until yesterday", Ground.OTUK_LIST, days=(date(2026, 1, 1), _YESTERDAY), is_open=False)
    yield Relation("released, another county", Ground.RELEASE, is_far=True)
    yield Relation("emergency", Ground.EMERGENCY_OPENING, is_personal=True)
    yield Relation("emergency, a colleague's", Ground.EMERGENCY_OPENING, is_personal=True, is_open=False)


def adding_nothing(role: Role) -> list[Relation]:
    """Return the relations within the county that open no more to the role than having nothing to do with the youth."""
    return [
        relation
        for relation in relations()
        if relation.ground and not (relation.is_own or relation.is_far or relation.protection != "none")
        if expected(role, relation) == expected(role, Relation("nothing"))
    ]


def _releasable() -> frozenset[Topic]:
    return frozenset(topic for rule in sharing.rules() if rule.ground is Ground.RELEASE for topic in rule.topics)


def expected(role: Role, relation: Relation) -> frozenset[Topic]:
    """Return what the sharing rules open to the role in the relation: read off the rules, line by line."""
    held = {*_RIDES[not relation.is_far], *((relation.ground,) if relation.ground and relation.is_open else ())}
    return frozenset(
        topic
        for rule in sharing.rules_on(make.TODAY)
        if role.value in rule.receivers and rule.ground in held
        for topic in rule.topics
        if rule.ground is not relation.ground or relation.topics is None or topic in relation.topics
    )


@dataclass(frozen=True)
class Known:
    """A youth in a relation, with the words that tell each topic and the ids of the rows by the name in addresses."""

    relation: Relation
    registration: Registration
    mark: str
    words: Mapping[str, Topic]
    ids: Mapping[str, int] = field(default_factory=dict)

    @property
    def youth_id(self) -> int:
        """Return the youth's id."""
        return self.registration.youth_id

    @property
    def name(self) -> str:
        """Return the last name, which is nobody else's."""
        return self.registration.youth.last_name

    @cached_property
    def unmarked(self) -> tuple[str, ...]:
        """Return the words that do not hold the youth's mark: numbers."""
        return tuple(word for word in self.words if self.mark not in word)

    def told_in(self, text: str) -> list[str]:
        """Return the words that stand in a text. Where the mark does not, no word that holds it can."""
        return [word for word in (self.words if self.mark in text else self.unmarked) if word in text]


def home_of(role: Role) -> Unit:
    """Make a unit where somebody may hold the role; the administration is the county's own."""
    kinds = ROLES[role].held_at
    if "education_admin" in kinds:
        return make.education_admin()
    return make.unit(UnitKind(min(kinds)), name="Egen enhet")


def make_known(number: int, relation: Relation, actor: Actor, at: Unit, *, besides: Sequence[Relation] = ()) -> Known:
    """Make the youth of a relation to a unit, and open what the relation opens, and others besides."""
    mark = f"Qz{chr(97 + number // 26)}{chr(97 + number % 26)}"
    county_id = FAR if relation.is_far else make.OSLO
    holder = at if relation.is_own else make.unit(name=f"Annen skole {number}", county_id=county_id)
    case = make.case(
        holder, first_name=f"{mark}for", last_name=f"{mark}etter", protection=relation.protection, born=date(2010, 2, 3),
    )  # fmt: skip
    words = _fill(case, holder, mark, f"7{number:03}4321")
    for each in (relation, *besides):
        _open(each, case, actor, at)
    return Known(relation, case, mark, words[0], words[1])


def _fill(case: Registration, holder: Unit, mark: str, phone: str) -> tuple[dict[str, Topic], dict[str, int]]:
    worker = make.system(holder.county_id)
    told = {"youth": case.youth, "recorded_at": clock.now()}
    known = {**told, "source": "prøve", "first_day": date(2026, 1, 1)}
    hidden = case.youth.protection != "none"
    with acting_as(worker):
        note = JournalNote.objects.create(
            **told, text=f"{mark}notat", written_on=make.TODAY, written_by_id=worker.user_id
        )
        ContactAttempt.objects.create(
            **told, registration_id=case.pk, on=make.TODAY, channel="call", result="no_answer", is_contact=False,
            note=f"{mark}forsøk", registered_by_id=worker.user_id,
        )  # fmt: skip
        ContactDetail.objects.create(**known, kind="phone", value=phone)
        Guardian.objects.create(**known, name=f"{mark}verge")
        Address.objects.create(
            **known,
            kind="registered",
            street=f"{mark}gata 7",
            postcode="0001",
            city="Oslo",
            is_protected=case.youth.protection in ADDRESS_PROTECTING,
        )
        Feedback.objects.create(
            youth=case.youth, from_unit=holder, category="reached", on=make.TODAY, next_step=f"{mark}svar",
            sent_by_id=worker.user_id, sent_at=clock.now(),
        )  # fmt: skip
        Enrolment.objects.create(**known, kind="apprentice", school_name=f"{mark}bedrift")
    words = {
        f"{mark}for": Topic.IDENTITY,
        f"{mark}etter": Topic.IDENTITY,
        str(case.youth.national_id): Topic.IDENTITY,
        f"{mark}notat": Topic.JOURNAL,
        f"{mark}forsøk": Topic.STATUS,
        phone: Topic.CONTACT,
        f"{mark}verge": Topic.CONTACT,
        f"{mark}gata": Topic.PROTECTED_ADDRESS if hidden else Topic.ADDRESS,
        f"{mark}svar": Topic.FEEDBACK,
        f"{mark}bedrift": Topic.EDUCATION,
    }
    return words, {"youth_id": case.youth_id, "note_id": note.pk}


def _open(relation: Relation, case: Registration, actor: Actor, at: Unit) -> None:
    if relation.ground in {None, Ground.RESPONSIBLE_UNIT}:
        return
    assert relation.ground is not None
    source = f"test:{case.pk}:{relation.name}"
    first_day, last_day = relation.days
    colleague = make.user().pk if relation.is_personal and not relation.is_open else actor.user_id
    to = (
        {"user_id": colleague, "closes_at": datetime(2100, 1, 1, tzinfo=UTC)}
        if relation.is_personal
        else {"unit_id": at.pk, "unit_kind": at.kind}
    )
    county_id = FAR if relation.is_far else make.OSLO
    with acting_as(make.system(county_id)):
        grants.open_grants(
            [Opening(case.youth_id, relation.ground, source, first_day, last_day, topics=relation.topics, **to)]
        )
        if relation.is_withdrawn:
            grants.close_source(ground=relation.ground, source=source)
