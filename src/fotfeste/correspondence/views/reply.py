"""
Where a youth answers a letter, without logging in. The page tells nothing: not from whom the letter came, to whom, nor
whether a link is known. Asked for, it looks nothing up; answered, a link that is unknown, too old or used is answered
in the same words.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods

from fotfeste.access.limits import limited
from fotfeste.access.screens import public
from fotfeste.correspondence.forms import CodeForm, ReplyForm
from fotfeste.correspondence.services.replies import answer_letter

_POSTS = frozenset({"POST"})


@public
@limited("reply", methods=_POSTS)
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """Take an answer by the link in a letter."""
    return _answer(request, ReplyForm(request.POST or None), token)


@public
@limited("reply", methods=_POSTS)
@require_http_methods(["GET", "POST"])
def by_code(request: HttpRequest) -> HttpResponse:
    """Take an answer by the code in a letter."""
    return _answer(request, CodeForm(request.POST or None), "")


@public
@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """Say that the answer is received."""
    with translation.override(_language(request)):
        return render(request, "correspondence/reply.html", _context(request, is_done=True))


def _answer(request: HttpRequest, form: ReplyForm, token: str) -> HttpResponse:
    language = _language(request)
    with translation.override(language):
        is_refused = False
        if form.is_bound and form.is_valid():
            given = token or form.cleaned_data.get("code", "")
            if answer_letter(token=given, category=form.cleaned_data["category"]):
                response = redirect("correspondence:reply_thanks")
                response["Location"] += f"?sprak={language}"
                return response
            is_refused = True
        status = 422 if form.errors or is_refused else 200
        return render(request, "correspondence/reply.html", _context(request, form, is_refused), status=status)


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("sprak", "")
    known = [code for code, _name in settings.LANGUAGES]
    return asked if asked in known else (translation.get_language() or "nb")[:2]


def _context(
    request: HttpRequest, form: ReplyForm | None = None, is_refused: bool = False, *, is_done: bool = False
) -> dict:
    return {"form": form, "is_refused": is_refused, "is_done": is_done, "languages": settings.LANGUAGES}
