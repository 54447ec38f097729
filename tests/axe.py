"""What axe has to say of a page."""

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

_ASKED = 'axe.run({resultTypes: ["violations"]}).then(({violations}) => ({violations}))'


def complaints_of_axe(page: Page) -> AxeResults:
    """Return what axe complains of. What it is content with stays in the browser: it is long, and asked for by nobody."""
    page.evaluate(AXE_SCRIPT)
    return AxeResults(page.evaluate(_ASKED))
