"""The addresses of the education administration's desks, and of those who report to them."""

from django.urls import path

from fotfeste.casework.views import queue, queue_one

patterns = [
    path("ko/", queue.unassigned, name="unassigned"),
    path("ko/<opaque:youth_id>/", queue_one.assign_one, name="assign_one"),
]
