"""
The approved copy of who may do what. It is here on purpose twice: widening a role takes two edits, and the second one
is this file, read by whoever reviews the first. What a role may know: ``test_sharing_rules.py``.
"""

from fotfeste.access.roles import ROLES

APPROVED_PERMISSIONS = {
    "counsellor": "consent.record contact.register counsellor.assign directory.view emergency.open figures.view home.view journal.write knowledge.confirm mapping.write "
    "meeting.call meeting.see note.share plan.write routine.work status.confirm status.set substitute.give task.do wheel.record wheel.view worklist.view youth.edit youth.open "
    "youth.search",
    "district_contact": "consent.record contact.register counsellor.assign directory.view emergency.open feedback.send figures.view home.view journal.write knowledge.confirm "
    "mapping.write meeting.call meeting.see network.keep note.share otuk.view plan.write routine.work substitute.give task.do wheel.record wheel.view worklist.view youth.edit youth.open "
    "youth.search",
    "nav_adviser": "consent.record directory.view home.view knowledge.confirm mapping.write meeting.see note.share plan.write task.do wheel.view worklist.view youth.open "
    "youth.search",
    "partner": "directory.view home.view knowledge.confirm meeting.see note.share plan.write task.do wheel.view worklist.view youth.open youth.search",
    "nav_responsible": "directory.view feedback.send home.view knowledge.confirm meeting.see note.share otuk.view plan.write task.do wheel.view worklist.view youth.open youth.search",
    "education_admin": "agreement.review consent.record contact.register counsellor.assign directory.view disposal.decide emergency.open feedback.handle figures.view home.view import.run "
    "journal.write knowledge.confirm letter.approve letter.prepare mapping.write meeting.call meeting.see merge.decide named_contact.edit note.share note_template.edit otuk.make otuk.view plan.write "
    "reading.choose registration.open reminder.send report.make responsibility.assign routine.adapt routine.work status.confirm status.set substitute.give "
    "task.do wheel.edit wheel.record wheel.view worklist.export worklist.view youth.edit youth.open youth.search",
    "protected_handler": "directory.view home.view knowledge.confirm meeting.see task.do wheel.view worklist.view youth.open youth.search",
    "apprenticeship_adviser": "consent.record contact.register counsellor.assign directory.view feedback.send home.view journal.write knowledge.confirm mapping.write meeting.call "
    "meeting.see note.share plan.write routine.work substitute.give task.do wheel.view worklist.view youth.edit youth.open youth.search",
    "adult_education_adviser": "consent.record contact.register counsellor.assign directory.view feedback.send home.view journal.write knowledge.confirm mapping.write meeting.call "
    "meeting.see note.share plan.write routine.work substitute.give task.do wheel.view worklist.view youth.edit youth.open youth.search",
    "unit_leader": "counsellor.assign directory.view emergency.see figures.view home.view knowledge.confirm meeting.see named_contact.edit note_template.edit role.review substitute.give "
    "task.do wheel.record wheel.view worklist.export worklist.view youth.open youth.search",
    "county_leader": "directory.view figures.view home.view knowledge.confirm wheel.view",
    "system_administrator": "access.manage directory.view home.view knowledge.confirm named_contact.edit role.review substitute.give wheel.view",
    "privacy_officer": "audit.read directory.view disposal.decide emergency.see hold.place home.view knowledge.confirm person.copy wheel.view",
}

APPROVED_PLACES = {
    "counsellor": "lower_secondary upper_secondary",
    "district_contact": "district",
    "nav_responsible": "nav_office",
    "nav_adviser": "nav_office",
    "education_admin": "education_admin",
    "protected_handler": "education_admin",
    "apprenticeship_adviser": "apprenticeship_department",
    "adult_education_adviser": "adult_education service_centre",
    "partner": "institution other",
    "unit_leader": "adult_education apprenticeship_department district lower_secondary nav_office service_centre "
    "upper_secondary",
    "county_leader": "education_admin education_agency",
    "system_administrator": "education_admin",
    "privacy_officer": "education_admin education_agency",
}


def test_each_role_may_do_what_was_approved_and_no_more():
    actual = {role.value: " ".join(sorted(d.permissions)) for role, d in ROLES.items()}
    assert actual == APPROVED_PERMISSIONS


def test_each_role_is_held_where_it_was_approved():
    assert {role.value: " ".join(sorted(d.held_at)) for role, d in ROLES.items()} == APPROVED_PLACES
