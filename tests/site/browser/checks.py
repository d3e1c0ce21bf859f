"""What can be wrong with a page in a browser.  Each check returns a list of faults, in words."""

from contextlib import contextmanager
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

axe = Axe()

OPEN_FOLDS = "document.querySelectorAll('details').forEach(fold => { fold.open = true; })"
# The theme hides what sticks out on the right; let it show to be measured.
FREE_WIDTH = "html, .content { overflow-x: visible !important; }"
FOCUS = """() => {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
        name: element.id || element.className || element.localName,
        inside: element.closest("nav, aside, article, header")?.className ?? "",
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
        visible: box.right > 0 && box.left < innerWidth && box.bottom > 0,
    };
}"""

WIDE_CODE = """() => [...document.querySelectorAll("article pre")]
    .filter(block => block.scrollWidth > block.clientWidth)
    .map(block => block.innerText.slice(0, 80))"""

# On paper a fixed box comes again on every page.
FIXED = """() => [...document.querySelectorAll("body *")]
    .filter(element => getComputedStyle(element).position === "fixed"
        && element.getClientRects().length)
    .map(element => element.className)"""
UNBROKEN = """most => [...document.querySelectorAll("article *")]
    .filter(element => getComputedStyle(element).breakInside !== "auto"
        && element.getBoundingClientRect().height > most)
    .map(element => element.outerHTML.slice(0, 100))"""


@contextmanager
def listening(tab, own_host):
    """Collect what a tab asks of other hosts and the errors that it reports."""
    faults = []

    def on_request(request):
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "file"} and parts.netloc != own_host:
            faults.append(f"asks another host: {request.url}")

    def on_console(message):
        if message.type in {"error", "warning"}:
            faults.append(f"console: {message.text}")

    def on_error(error):
        faults.append(f"script error: {error}")

    listeners = {"request": on_request, "console": on_console, "pageerror": on_error}
    for event, listener in listeners.items():
        tab.on(event, listener)
    yield faults
    for event, listener in listeners.items():
        tab.remove_listener(event, listener)


def code_that_scrolls(tab):
    """Return the beginnings of the code blocks whose lines are too long for their box."""
    tab.evaluate(OPEN_FOLDS)
    return tab.evaluate(WIDE_CODE)


def accessibility_faults(tab):
    """Return axe's findings on the page as it stands, with all folds open."""
    tab.evaluate(OPEN_FOLDS)
    return [
        f"{finding['id']}: {node['html'][:150]} {node['failureSummary']}"
        for finding in axe.run(tab).response["violations"]
        for node in finding["nodes"]
    ]


def width_beyond_the_screen(tab):
    """Return by how many pixels the page is wider than the screen, with all folds open."""
    tab.evaluate(OPEN_FOLDS)
    tab.add_style_tag(content=FREE_WIDTH)
    return tab.evaluate("document.documentElement.scrollWidth - innerWidth")


def faults_of_print(tab, most):
    """Return what would cover the text on paper, and what is kept in one piece though it is tall.

    The tab has the width of the paper; `most` is how many pixels may be kept in one piece.
    """
    tab.emulate_media(media="print")
    faults = [f"covers the text: {name}" for name in tab.evaluate(FIXED)]
    faults += [f"in one piece: {block}" for block in tab.evaluate(UNBROKEN, most)]
    tab.emulate_media(media="screen")
    return faults


def stops_of_tab(tab, most=200):
    """Press Tab until the focus has gone round; return what had it."""
    stops = []
    for _ in range(most):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement === document.body"):
            break
        stops.append(tab.evaluate(FOCUS))
    return stops
