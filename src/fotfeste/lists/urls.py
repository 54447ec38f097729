from django.urls import path

from fotfeste.lists.views import filters, quick_contact, search, worklist

app_name = "lists"

urlpatterns = [
    path("ungdommer/", worklist.worklist, name="worklist"),
    path("ungdommer/filter/", filters.save, name="save_filter"),
    path("ungdommer/filter/<opaque:filter_id>/slett/", filters.delete, name="delete_filter"),
    path("ungdommer/<opaque:youth_id>/forsok/", quick_contact.register, name="quick_contact"),
    path("ungdommer/forsok/<opaque:attempt_id>/angre/", quick_contact.undo, name="undo_contact"),
    path("sok/", search.search, name="search"),
]
