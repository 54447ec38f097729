from django.urls import path

from fotfeste.correspondence.views import copies, follow_up, letters_of, mailings, own_channel, reply, texts

app_name = "correspondence"

_MAILING = "brev/<opaque:mailing_id>"

urlpatterns = [
    path("ungdom/<opaque:youth_id>/brev/", letters_of.letters_of, name="letters_of"),
    path("ungdom/<opaque:youth_id>/samtykke/<opaque:release_id>/kopi/", copies.release_copy, name="release_copy"),
    path("brev/", mailings.overview, name="mailings"),
    path("brev/ny/", mailings.prepare, name="prepare_mailing"),
    path("brev/tekster/", texts.overview, name="texts"),
    path("brev/tekster/<slug:kind>/<slug:language>/", texts.edit, name="edit_text"),
    path("brev/svar/", follow_up.overview, name="follow_up"),
    path("brev/svar/<opaque:reply_id>/", follow_up.handle, name="handle_reply"),
    path("brev/retur/<opaque:letter_id>/", follow_up.returned, name="return_letter"),
    path(f"{_MAILING}/", mailings.one_mailing, name="mailing"),
    path(f"{_MAILING}/godkjenn/", mailings.approve, name="approve_mailing"),
    path(f"{_MAILING}/trekk/", mailings.withdraw, name="withdraw_mailing"),
    path(f"{_MAILING}/brev.zip", mailings.bundle, name="bundle"),
    path(f"{_MAILING}/prove/<opaque:letter_id>/", mailings.sample, name="sample"),
    path(f"{_MAILING}/avklar/<opaque:letter_id>/", mailings.settle, name="settle_letter"),
    path(f"{_MAILING}/skjermet/", own_channel.overview, name="own_channel"),
    path(f"{_MAILING}/skjermet/<opaque:letter_id>/", own_channel.paper, name="own_paper"),
    path(f"{_MAILING}/skjermet/<opaque:letter_id>/sendt/", own_channel.send, name="own_sent"),
    path("svar/", reply.by_code, name="reply_by_code"),
    path("svar/takk/", reply.thanks, name="reply_thanks"),
    path("svar/<slug:token>/", reply.reply, name="reply"),
]
