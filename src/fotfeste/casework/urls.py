from django.urls import path

from fotfeste.casework import desk_addresses
from fotfeste.casework.views import (
    contact,
    counsellor,
    history,
    identity,
    journal,
    notify,
    person,
    releases,
    remarks,
    reported,
    responsibility,
    schooling,
    searching,
    status,
)

app_name = "casework"

_YOUTH = "ungdom/<opaque:youth_id>"

urlpatterns = [
    path(f"{_YOUTH}/", person.person, name="person"),
    path(f"{_YOUTH}/skolehistorikk/", schooling.school_history, name="school_history"),
    path(f"{_YOUTH}/skolehistorikk/<opaque:enrolment_id>/rett/", schooling.correct_enrolment, name="correct_enrolment"),
    path(f"{_YOUTH}/merknad/", remarks.remark, name="remark"),
    path(f"{_YOUTH}/journal/", journal.journal, name="journal"),
    path(f"{_YOUTH}/journal/<opaque:note_id>/rett/", journal.correct_note, name="correct_note"),
    path(f"{_YOUTH}/sok/", searching.search_case, name="search_case"),
    path(f"{_YOUTH}/historikk/", history.history, name="history"),
    path(f"{_YOUTH}/hvem-ser-hva/", person.who_sees_what, name="who_sees"),
    path(f"{_YOUTH}/samtykke/", releases.overview, name="releases"),
    path(f"{_YOUTH}/samtykke/nytt/", releases.record, name="record_release"),
    path(f"{_YOUTH}/samtykke/<opaque:release_id>/forny/", releases.record, name="renew_release"),
    path(f"{_YOUTH}/samtykke/<opaque:release_id>/trekk/", releases.withdraw, name="withdraw_release"),
    path(f"{_YOUTH}/samtykke/<opaque:release_id>/papir/", releases.paper, name="release_paper"),
    path(f"{_YOUTH}/samtykke/<opaque:release_id>/signert/", releases.scan, name="release_scan"),
    path(f"{_YOUTH}/samtykke/<opaque:release_id>/signert/legg-inn/", releases.keep_scan, name="keep_release_scan"),
    path(f"{_YOUTH}/kontakt/", contact.register_contact, name="register_contact"),
    path(f"{_YOUTH}/kontakt/regel/", contact.judge_contact, name="judge_contact"),
    path(f"{_YOUTH}/kontakt/<opaque:attempt_id>/trekk/", contact.withdraw_contact, name="withdraw_contact"),
    path(f"{_YOUTH}/status/", status.set_status, name="set_status"),
    path(f"{_YOUTH}/status/bekreft/", status.confirm_status, name="confirm_status"),
    path(f"{_YOUTH}/status/rett/", status.correct_status, name="correct_status"),
    path(f"{_YOUTH}/status/feil/", status.mark_mistake, name="mark_mistake"),
    path(f"{_YOUTH}/melding/", notify.send_feedback, name="send_feedback"),
    path(f"{_YOUTH}/melding/<opaque:feedback_id>/bruk/", reported.accept_report, name="accept_report"),
    path(f"{_YOUTH}/ansvar/", responsibility.assign, name="assign"),
    path(f"{_YOUTH}/ansvarlig-person/", counsellor.choose_counsellor, name="choose_counsellor"),
    path(f"{_YOUTH}/ansvarlig-person/<opaque:period_id>/angre/", counsellor.undo_counsellor, name="undo_counsellor"),
    path(f"{_YOUTH}/navn/", identity.edit_identity, name="edit_identity"),
    path(f"{_YOUTH}/telefon/", identity.add_contact_detail, name="add_contact_detail"),
    path(f"{_YOUTH}/telefon/<opaque:detail_id>/avslutt/", identity.end_contact_detail, name="end_contact_detail"),
    path(f"{_YOUTH}/foresatt/", identity.add_guardian, name="add_guardian"),
    path(f"{_YOUTH}/foresatt/<opaque:guardian_id>/avslutt/", identity.end_guardian, name="end_guardian"),
    path(f"{_YOUTH}/adresse/", identity.set_address, name="set_address"),
    path(f"{_YOUTH}/adresse/<opaque:address_id>/avslutt/", identity.end_address, name="end_address"),
    *desk_addresses.patterns,
]
