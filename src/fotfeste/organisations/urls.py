from django.urls import path

from fotfeste.organisations.views import contacts, directory, reviews, unit_files, user_list, users

app_name = "organisations"

urlpatterns = [
    path("brukere/", user_list.user_list, name="users"),
    path("brukere/ny/", users.new_user, name="new_user"),
    path("brukere/<opaque:user_id>/", users.user, name="user"),
    path("brukere/<opaque:user_id>/roller/ny/", users.give_role, name="give_role"),
    path("brukere/<opaque:user_id>/roller/<opaque:assignment_id>/avslutt/", users.end_role, name="end_role"),
    path(
        "brukere/<opaque:user_id>/roller/<opaque:assignment_id>/avslutt-na/",
        users.end_role_at_once,
        name="end_role_at_once",
    ),
    path("brukere/<opaque:user_id>/innlogging/", users.connect_login, name="connect_login"),
    path(
        "brukere/<opaque:user_id>/innlogging/<opaque:identity_id>/fjern/",
        users.disconnect_login,
        name="disconnect_login",
    ),
    path("tilganger/", reviews.review_list, name="reviews"),
    path("tilganger/<opaque:unit_id>/", reviews.review_unit, name="review_unit"),
    path("enheter/", directory.directory, name="directory"),
    path("enheter/fil/", unit_files.unit_files_desk, name="unit_files"),
    path("enheter/fil/last-ned/", unit_files.download_units, name="download_units"),
    path("enheter/fil/<opaque:file_id>/", unit_files.unit_file, name="unit_file"),
    path("enheter/fil/<opaque:file_id>/avviste/", unit_files.unit_file_rejects, name="unit_file_rejects"),
    path("enheter/fil/<opaque:file_id>/ta-i-bruk/", unit_files.apply_unit_file, name="apply_unit_file"),
    path("enheter/fil/<opaque:file_id>/forkast/", unit_files.discard_unit_file, name="discard_unit_file"),
    path("enheter/nye-kontakter/", contacts.new_contacts, name="new_contacts"),
    path("enheter/<opaque:unit_id>/", directory.unit, name="unit"),
    path("enheter/<opaque:unit_id>/steng/", unit_files.close_unit, name="close_unit"),
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
