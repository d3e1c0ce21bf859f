"""The text that a cell shows: what it prints, its values, the message of an error.

Of HTML it is the text that a reader sees; an image has none.
"""

import re

from bs4 import BeautifulSoup

RICH_TEXTS = ("text/markdown", "text/latex")  # what a page shows rather than the plain text
TERMINAL_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
END = "\0"  # of a line; no HTML holds it
BLOCKS = (
    "article, aside, blockquote, br, caption, dd, details, div, dl, dt, figcaption, figure, footer,"
    " h1, h2, h3, h4, h5, h6, header, hr, li, nav, ol, p, pre, section, summary, table, tr, ul"
)


def text_of_outputs(outputs):
    """Return what the outputs of a cell in a notebook show, each from the start of a line."""
    return "".join(whole_lines(text_of_output(output)) for output in outputs)


def text_of_output(output):
    if output.output_type == "stream":
        return output.text
    if output.output_type == "error":
        return TERMINAL_COLOURS.sub("", "\n".join(output.traceback))
    return text_of_data(output.data)


def text_of_data(data):
    """Return the text of a value by its MIME types, of the one that a page shows."""
    if "text/html" in data:
        return visible_text(data["text/html"])
    if is_image(data):
        return ""
    return next((data[kind] for kind in RICH_TEXTS if kind in data), data.get("text/plain", ""))


def is_image(data):
    return "text/html" not in data and any(kind.startswith("image/") for kind in data)


def whole_lines(text):
    """End the last line, if there is one."""
    return text if text.endswith("\n") or not text else text + "\n"


def visible_text(html):
    """Return the text of some HTML, a line for each paragraph, row or other block."""
    soup = BeautifulSoup(html, "html.parser")
    for unseen in soup.select("[hidden]"):
        unseen.decompose()
    for image in soup.select("img[alt]"):
        image.replace_with(image["alt"])
    for text in soup.find_all(string=True):
        if text.find_parent("pre"):
            text.replace_with(text.replace("\n", END))
    for cell in soup.select("td, th"):
        cell.append(" ")
    for block in soup.select(BLOCKS):
        block.insert_before(END)
        block.insert_after(END)
    lines = (" ".join(line.split()) for line in soup.get_text().split(END))
    return "\n".join(line for line in lines if line)
