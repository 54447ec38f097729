"""
The approved copy of who may do and know what. It is here on purpose twice: widening a role takes two edits,
and the second one is this file, read by whoever reviews the first.
"""

from fotfeste.access.roles import ROLES, topic_rows

APPROVED_PERMISSIONS = {
    "counsellor": "contact.register directory.view figures.view home.view journal.write status.confirm status.set "
    "worklist.view youth.edit youth.open youth.search",
    "district_contact": "contact.register directory.view feedback.send figures.view home.view journal.write otuk.view "
    "worklist.view youth.edit youth.open youth.search",
    "nav_responsible": "directory.view feedback.send home.view otuk.view worklist.view youth.open youth.search",
    "education_admin": "contact.register directory.view feedback.handle figures.view home.view import.run "
    "journal.write merge.decide named_contact.edit otuk.make otuk.view registration.open report.make responsibility.assign "
    "status.confirm status.set worklist.view youth.edit youth.open youth.search",
    "protected_handler": "directory.view home.view worklist.view youth.open youth.search",
    "apprenticeship_adviser": "contact.register directory.view feedback.send home.view journal.write worklist.view "
    "youth.edit youth.open youth.search",
    "adult_education_adviser": "contact.register directory.view feedback.send home.view journal.write worklist.view "
    "youth.edit youth.open youth.search",
    "unit_leader": "directory.view figures.view home.view named_contact.edit worklist.view youth.open youth.search",
    "county_leader": "directory.view figures.view home.view",
    "system_administrator": "access.manage directory.view home.view named_contact.edit",
    "privacy_officer": "audit.read directory.view home.view",
}

CASE = ("address", "contact", "education", "feedback", "identity", "journal", "status")
APPROVED_TOPICS = {
    "counsellor": {"unit": CASE},
    "district_contact": {
        "unit": CASE,
        "granted": ("address", "contact", "feedback", "identity", "list_row", "status"),
    },
    "nav_responsible": {"granted": ("feedback", "identity", "list_row")},
    "education_admin": {
        "unit": CASE,
        "county": ("address", "contact", "education", "feedback", "identity", "list_row", "status"),
    },
    "protected_handler": {"county": ("address", "identity", "protected_address", "status")},
    "apprenticeship_adviser": {"unit": CASE},
    "adult_education_adviser": {"unit": CASE},
    "unit_leader": {"unit": ("identity", "status")},
    "county_leader": {"county": ("status",)},
    "system_administrator": {},
    "privacy_officer": {"county": ("audit",)},
}


def test_each_role_may_do_what_was_approved_and_no_more():
    actual = {role.value: " ".join(sorted(d.permissions)) for role, d in ROLES.items()}
    assert actual == APPROVED_PERMISSIONS


def test_each_role_knows_what_was_approved_and_no_more():
    approved = sorted(
        (role, scope, topic)
        for role, scopes in APPROVED_TOPICS.items()
        for scope, topics in scopes.items()
        for topic in topics
    )
    assert topic_rows() == approved
