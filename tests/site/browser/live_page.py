"""What a reader does with a page that runs in the browser."""

OFFER = "Edit and run this page"
STARTED = "in your browser"
START_WITHIN = 60_000
RUN_WITHIN = 180_000
IDLE = "() => document.querySelector('.live-tools button:nth-of-type(2)').disabled"


def status(page):
    return page.locator(".live-tools [role=status]")


def opened(page, address):
    """Open a page and start its Python."""
    page.goto(address)
    page.get_by_role("button", name=OFFER).click()
    status(page).filter(has_text=STARTED).wait_for(timeout=START_WITHIN)
    return page


def run_all(page):
    page.get_by_role("button", name="Run all").click()
    page.wait_for_function(IDLE, timeout=RUN_WITHIN)
    return status(page).inner_text()


def edit(page, code, number=0):
    """Put other code into the cell of a number."""
    page.locator(".cell_input pre[contenteditable]").nth(number).fill(code)


def run(page, number=0):
    page.locator(".live-bar button").nth(number).click()
    page.wait_for_function(IDLE, timeout=RUN_WITHIN)


def result(page):
    """Return the first result that is not the recorded one."""
    return page.locator(".live-output").first.inner_text().strip()


def notes(page):
    return page.locator(".cell:not(.live-exercise) .live-bar span").all_inner_texts()
