from django.urls import path

from fotfeste.lists.views import (
    assigning,
    columns,
    filters,
    handing_over,
    many_attempts,
    otuk,
    otuk_board,
    otuk_closing,
    quick_contact,
    ready,
    reminders,
    search,
    taking_out,
    wash,
    wash_file,
    worklist,
)

app_name = "lists"

_ROUND = "otuk/<opaque:round_id>"
_BOARD = f"{_ROUND}/<opaque:unit_id>"

urlpatterns = [
    path("ungdommer/", worklist.worklist, name="worklist"),
    path("ungdommer/liste.<slug:kind>", taking_out.download, name="worklist_file"),
    path("ungdommer/kolonner/", columns.columns, name="columns"),
    path("ungdommer/lister/", ready.ready, name="ready"),
    path("ungdommer/lister/sett/", ready.look_through, name="look_through"),
    path("ungdommer/filter/", filters.save, name="save_filter"),
    path("ungdommer/filter/<opaque:filter_id>/slett/", filters.delete, name="delete_filter"),
    path("ungdommer/filter/<opaque:filter_id>/del/", ready.share, name="share_filter"),
    path("ungdommer/forsok/", many_attempts.register_many, name="register_many"),
    path("ungdommer/huskelapp/", reminders.remind, name="remind"),
    path("ungdommer/ansvarlig/", assigning.assign, name="assign_counsellor"),
    path("ungdommer/ansvarlig/tilby/", assigning.offer, name="offer_youths"),
    path("ungdommer/ansvarlig/angre/", assigning.undo, name="undo_counsellor"),
    path("ungdommer/<opaque:youth_id>/forsok/", quick_contact.register, name="quick_contact"),
    path("ungdommer/forsok/<opaque:attempt_id>/angre/", quick_contact.undo, name="undo_contact"),
    path("overlevering/", handing_over.people, name="handing_over"),
    path("overlevering/<opaque:user_id>/", handing_over.hand_over, name="hand_over"),
    path("sok/", search.search, name="search"),
    path("otuk/", otuk.rounds, name="otuk"),
    path("otuk/lag/", otuk.make, name="otuk_make"),
    path(f"{_ROUND}/", otuk.one_round, name="otuk_round"),
    path(f"{_ROUND}/kontroll/", otuk.proof, name="otuk_proof"),
    path(f"{_ROUND}/skjermet/", otuk.protected, name="otuk_protected"),
    path(f"{_BOARD}/", otuk_board.board, name="otuk_board"),
    path(f"{_BOARD}/avslutt/", otuk_closing.close, name="otuk_close"),
    path(f"{_BOARD}/liste.<slug:kind>", otuk.download, name="otuk_file"),
    path(f"{_BOARD}/vask/", wash.wash, name="wash"),
    path(f"{_BOARD}/vask/liste.<slug:kind>", wash_file.download, name="wash_file"),
    path(f"{_BOARD}/vask/apne/", wash.open_wash, name="wash_open"),
    path(f"{_BOARD}/vask/avslutt/", wash.close, name="wash_close"),
    path(f"{_BOARD}/vask/mangler/", wash.missing, name="wash_missing"),
    path(f"{_BOARD}/vask/<opaque:youth_id>/", wash.agree, name="wash_agree"),
    path(f"{_BOARD}/<opaque:youth_id>/", otuk_board.answer, name="otuk_answer"),
    path(f"{_BOARD}/<opaque:youth_id>/kontakt/", otuk_board.contact, name="otuk_contact"),
    path(f"{_BOARD}/kontakt/<opaque:attempt_id>/angre/", otuk_board.undo_contact, name="otuk_undo_contact"),
    path(f"{_BOARD}/<opaque:feedback_id>/angre/", otuk_board.undo, name="otuk_undo"),
]
