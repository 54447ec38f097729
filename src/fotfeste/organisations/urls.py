from django.urls import path

from fotfeste.organisations.views import contacts, directory

app_name = "organisations"

urlpatterns = [
    path("enheter/", directory.directory, name="directory"),
    path("enheter/nye-kontakter/", contacts.new_contacts, name="new_contacts"),
    path("enheter/<opaque:unit_id>/", directory.unit, name="unit"),
    path("enheter/<opaque:unit_id>/kontakter/ny/", contacts.name_contact, name="name_contact"),
    path("enheter/<opaque:unit_id>/kontakter/<opaque:contact_id>/avslutt/", contacts.end_contact, name="end_contact"),
    path(
        "enheter/<opaque:unit_id>/kontakter/<opaque:contact_id>/bekreft/",
        contacts.confirm_contact,
        name="confirm_contact",
    ),
    path(
        "enheter/<opaque:unit_id>/kontakter/<opaque:contact_id>/publisert/",
        contacts.mark_published,
        name="mark_published",
    ),
    path(
        "enheter/<opaque:unit_id>/kontakter/<opaque:contact_id>/kvitter/",
        contacts.acknowledge_contact,
        name="acknowledge_contact",
    ),
]
