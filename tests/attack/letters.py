"""Letters to many, one of whom is under protection: what is printed, packed, listed and shown of it."""

from django.conf import settings
from procrastinate.contrib.django import app

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.correspondence.models import Letter
from fotfeste.correspondence.services import mailings
from fotfeste.kernel import clock, opaque
from fotfeste.people.models import Address
from tests import factories as make
from tests.attack.cooperation import what_papers_hold
from tests.attack.hidden import Asker, unpacked


def letters_to_many(ask: Asker) -> str:
    """Write to all, let the worker send it, and return the letters, the bundle, and what the administration is shown."""
    settings.LETTERS["folder"] = str(ask.folder / "brev")
    admin = make.education_admin()
    maker, approver = (make.actor(Role.EDUCATION_ADMIN, admin) for _ in range(2))
    other = make.case(make.unit(name="Åpen skole"), last_name="Åpensen")
    with acting_as(make.system()):
        told = {"kind": "registered", "street": "Furuveien 1", "postcode": "0668", "city": "Oslo", "source": "prøve"}
        Address.objects.create(youth=other.youth, recorded_at=clock.now(), **told)
    with acting_as(maker):
        mailing = mailings.prepare_mailing(actor=maker, county_id=make.OSLO, kind="rights", letter_day=clock.today())
    here = f"/brev/{opaque.encode(mailing.pk)}/"
    with what_papers_hold() as filled:
        shown = ask.page(maker, here)
        with acting_as(maker):
            visible = list(Letter.objects.values_list("pk", "youth__last_name"))
        for pk, _name in visible:
            shown += ask.page(maker, f"{here}prove/{opaque.encode(pk)}/")
        with acting_as(approver):
            mailings.approve_mailing(actor=approver, mailing_id=mailing.pk, version=1)
        app.tasks["correspondence.send_mailing"](mailing_id=mailing.pk)
    assert [name for _pk, name in visible] == ["Åpensen"]
    assert "Furuveien 1" in str(filled)
    assert "Skjultesen" not in str(filled)
    bundle = ask.browser(approver).get(f"{here}brev.zip")
    packed = unpacked(b"".join(bundle.streaming_content))
    assert "Furuveien 1" in packed
    with acting_as(make.system()):
        [hidden] = Letter.objects.filter(youth__last_name="Skjultesen")
    assert hidden.state == "own_channel"
    for page in (f"{here}skjermet/", f"{here}skjermet/{opaque.encode(hidden.pk)}/"):
        assert ask.browser(maker).get(page).status_code == 404
    return shown + str(filled) + packed + ask.files() + ask.page(approver, here) + ask.page(approver, "/brev/svar/")
