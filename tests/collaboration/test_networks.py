"""A district's network meetings: minutes by its contact, read in the county, and evidence of what it has promised."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from fotfeste.access.scope import acting_as
from fotfeste.collaboration.models import NetworkMeeting
from fotfeste.collaboration.selectors.networks import network_days, number_in_year
from fotfeste.collaboration.services import networks
from fotfeste.collaboration.services.networks import NetworkContent
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from tests.at_once.race import browser_of

pytestmark = pytest.mark.django_db

NEW = reverse("collaboration:new_network_meeting")
FILLED = {
    "held_on": "20.11.2026", "considered": ["ppt", "school-vgs"], "topics": "Overgangen fra ungdomsskolen.",
    "agreement_reviewed": "on", "figures": "Oversikt, uke 47",
    "invited-0-body": "PPT", "invited-0-name": "Kari", "invited-0-came": "on", "invited-1-body": "Nav Prøve",
    "decisions-0-what": "Felles liste hver måned", "decisions-0-who": "Bydel Prøve", "decisions-0-due": "01.02.2027",
}  # fmt: skip


@pytest.mark.proves("form-network-minutes", "net-date", "net-district", "net-invited", "net-partners-considered")
@pytest.mark.proves("net-agreement-reviewed", "net-topics", "net-figures", "net-decisions", "net-number")
@pytest.mark.proves("rut-term-network-meeting")
def test_the_districts_contact_writes_the_minutes_and_the_county_reads_them(
    counsellor, district, district_contact, nav_responsible
):
    mine = browser_of(district_contact)
    lacks = mine.post(NEW, {**FILLED, "topics": "", "decisions-0-who": ""})
    assert lacks.status_code == 422
    assert {"topics", "__all__"} <= lacks.context["form"].errors.keys()
    done = mine.post(NEW, FILLED)
    assert done.status_code == 302, done.context["form"].errors
    row = NetworkMeeting.objects.get()
    assert (row.district, row.held_on, number_in_year(row)) == (district, date(2026, 11, 20), 1)
    assert [(each["body"], bool(each["came"])) for each in row.invited] == [("PPT", True), ("Nav Prøve", False)]
    for reader in (district_contact, counsellor, nav_responsible):
        shown = browser_of(reader).get(done.url).content.decode()
        for text in ("Overgangen fra ungdomsskolen.", "PPT: Kari", "Felles liste hver måned", "nr. 1 i 2026"):
            assert text in shown
        listed = browser_of(reader).get(reverse("collaboration:networks")).content.decode()
        assert ("Nytt nettverksmøte" in listed) is (reader is district_contact)
    assert browser_of(counsellor).get(NEW).status_code == 404
    paper = browser_of(counsellor).get(reverse("collaboration:network_paper", kwargs={"network_id": row.pk}))
    assert paper["Content-Type"] == "application/pdf"
    assert b"/StructTreeRoot" in paper.content
    # The next begins with those who were invited to the last; what was said there is not carried on.
    form = mine.get(NEW).context["form"]
    assert [row.initial.get("body") for row in form.tables["invited"]][:2] == ["PPT", "Nav Prøve"]
    assert not form["topics"].value()


def test_minutes_are_corrected_by_new_ones_once_and_show_the_promise_kept(district, district_contact, counsellor):
    told = NetworkContent(date(2026, 11, 20), "Tall", [{"body": "PPT", "name": "", "came": "True"}], ["ppt"])

    def write(actor=district_contact, **other):
        content = NetworkContent(**{**{n: getattr(told, n) for n in told.__slots__}, **other.pop("said", {})})
        with acting_as(actor):
            return networks.write_network_meeting(actor=actor, district_id=district.pk, content=content, **other)

    with pytest.raises(NotAllowed):
        write(actor=counsellor)
    for wrong in ({"held_on": clock.today() + timedelta(1)}, {"topics": " "}, {"invited": []}, {"considered": []}):
        with pytest.raises(Invalid):
            write(said=wrong)
    first = write()
    spring = write(said={"held_on": date(2026, 4, 1)})
    again = write(said={"topics": "Tall og planer"}, corrects_id=first.pk)
    with pytest.raises(EditConflict):
        write(corrects_id=first.pk)
    assert (number_in_year(spring), number_in_year(again)) == (1, 2)
    assert network_days(county_id=district.county_id) == {district.pk: [date(2026, 4, 1), date(2026, 11, 20)]}
