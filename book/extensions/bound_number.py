"""The role `{num}`: a number of a sentence with the code that gives it.

    The error is {num}`0.76 = errors[0]`, after {num}`eight = len(errors)` steps.

shows "0.76" and "eight".  The tests evaluate the code in the namespace of the page's cells at that
place.  In an alt sentence, which holds no markup, the role is replaced as well.
"""

import re

from docutils import nodes

BINDS = " = "
ROLE = re.compile(r"\{num\}`([^`]*)`")


def shown(text):
    """Return the number without its code."""
    return text.partition(BINDS)[0]


def num(name, rawtext, text, lineno, inliner, options=None, content=None):
    """Show the number."""
    if BINDS in text:
        return [nodes.Text(shown(text))], []
    message = f"{rawtext}: write {{num}}`{text} = expression`, with the code that gives the number"
    return [], [inliner.reporter.error(message, line=lineno)]


def clean_alts(app, doctree):
    """Leave the code out of alt sentences."""
    for image in doctree.findall(nodes.image):
        if "alt" in image:
            image["alt"] = ROLE.sub(lambda role: shown(role[1]), image["alt"])


def setup(app):
    """Register the role."""
    app.add_role("num", num)
    app.connect("doctree-read", clean_alts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
