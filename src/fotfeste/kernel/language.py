"""Which language a page is in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

_GUESSED = {"nb": "nb", "no": "nb", "nn": "nn"}


class LanguageMiddleware(LocaleMiddleware):
    """
    Answer in the language the user has chosen; before a choice, in the Norwegian the browser prefers.

    English is never guessed: many browsers in Norwegian offices were installed in English.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Speak the request's language until the answer is sent."""
        translation.activate(language_of(request))
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Say which language the answer is in, and leave the thread as it was found."""
        answer = super().process_response(request, response)
        translation.deactivate()
        return answer


def language_of(request: HttpRequest) -> str:
    """Return the language to answer in, one of those in the settings."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in dict(settings.LANGUAGES):
        return chosen
    for wanted, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        guess = _GUESSED.get(wanted.partition("-")[0])
        if guess:
            return guess
    return settings.LANGUAGE_CODE
