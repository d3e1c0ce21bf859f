"""What binds the words of a page to code, and what of it a reader of the built page sees.

The role `{num}` shows a number with the code that gives it:

    The error is {num}`0.76 = errors[0]`, after {num}`eight = len(errors)` steps.

shows "0.76" and "eight".  In an alt sentence, which holds no markup, it is replaced as well.  A
comment under a passage claims in code what the passage says in words; the page leaves it out:

    <!-- claim "falls with every step": all(np.diff(errors) < 0) -->

The tests evaluate both in the namespace of the page's cells at that place.
"""

import re

from docutils import nodes

BINDS = " = "
ROLE = re.compile(r"\{num\}`([^`]*)`")


def shown(text):
    """Return the number without its code."""
    return text.partition(BINDS)[0]


def numbers_bound_in(text):
    """Return the numbers of a sentence that have code, as they are shown."""
    return [shown(role) for role in ROLE.findall(text)]


def without_code(text):
    """Return a sentence with its numbers only, as where no markup is possible."""
    return ROLE.sub(lambda role: shown(role[1]), text)


def num(name, rawtext, text, lineno, inliner, options=None, content=None):
    """Show the number."""
    if BINDS in text:
        return [nodes.Text(shown(text))], []
    message = f"{rawtext}: write {{num}}`{text} = expression`, with the code that gives the number"
    return [], [inliner.reporter.error(message, line=lineno)]


def leave_out_code(app, doctree):
    """Take the comments out, and the code out of alt sentences."""
    for raw in list(doctree.findall(nodes.raw)):
        if raw.astext().startswith("<!--"):
            raw.parent.remove(raw)
    for image in doctree.findall(nodes.image):
        if "alt" in image:
            image["alt"] = without_code(image["alt"])


def setup(app):
    """Register the role."""
    app.add_role("num", num)
    app.connect("doctree-read", leave_out_code)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
