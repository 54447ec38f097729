"""What a page carries in a form without showing it: what a browser sends along with what its user fills in."""

import re
from html import unescape

_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_HIDDEN = re.compile(r'<input\b[^>]*type="hidden"[^>]*>')
_ATTRIBUTE = re.compile(r'\b(name|value)="([^"]*)"')


def seen(response, action: str = "") -> dict[str, str]:
    """
    Return the hidden fields of the form that is sent to an address, those that stand elsewhere on the page as well.

    :param action: the address; empty for the form that is sent to the page's own.
    """
    page = response.content.decode()
    for attributes, inside in _FORM.findall(page):
        found = re.search(r'\baction="([^"]*)"', attributes)
        if "post" in attributes and unescape(found[1] if found else "") == action:
            key = re.search(r'\bid="([^"]*)"', attributes)
            beside = [each for each in _HIDDEN.findall(page) if key and f'form="{key[1]}"' in each]
            fields = (dict(_ATTRIBUTE.findall(each)) for each in [*_HIDDEN.findall(inside), *beside])
            hidden = {each["name"]: unescape(each.get("value", "")) for each in fields}
            return {name: value for name, value in hidden.items() if name != "csrfmiddlewaretoken"}
    raise AssertionError(f"no form is sent to {action or 'the page itself'}")
