"""The addresses of the education administration's desks, and of those who report to them."""

from django.urls import path

from fotfeste.casework.views import duplicates, feedback_desk, own_feedback, queue, queue_one, readings, substitutes

patterns = [
    path("ko/", queue.unassigned, name="unassigned"),
    path("ko/<opaque:youth_id>/", queue_one.assign_one, name="assign_one"),
    path("lesemater/", readings.readings, name="readings"),
    path("lesemater/<slug:reading_id>/", readings.reading, name="reading"),
    path("lesemater/<slug:reading_id>/plan/", readings.plan_reading, name="plan_reading"),
    path("lesemater/<slug:reading_id>/velg/", readings.choose_reading, name="choose_reading"),
    path("meldinger/", feedback_desk.feedback_desk, name="feedback"),
    path("dubletter/", duplicates.duplicates, name="duplicates"),
    path("dubletter/<opaque:pair_id>/", duplicates.pair, name="duplicate_pair"),
    path("dubletter/<opaque:pair_id>/ulike/", duplicates.different, name="different_people"),
    path("dubletter/sammenslatt/<opaque:merge_id>/angre/", duplicates.undo, name="undo_merge"),
    path("vikarer/", substitutes.substitutes, name="substitutes"),
    path("vikarer/<opaque:substitution_id>/avslutt/", substitutes.end_substitute, name="end_substitute"),
    path("mine-meldinger/", own_feedback.own, name="own_feedback"),
    path("mine-meldinger/<opaque:feedback_id>/trekk/", own_feedback.withdraw, name="withdraw_feedback"),
]
