"""Typeset the formulas while the book is built, so that a page needs no script to show them.

KaTeX runs in an embedded JavaScript engine and writes HTML for the eye and MathML for screen
readers.  A formula that KaTeX cannot read is a warning with its place; the build treats warnings
as errors.  Its style sheet and fonts go only to pages that hold a formula.
"""

import re
import shutil
from functools import cache
from html import escape
from pathlib import Path

from docutils import nodes
from py_mini_racer import JSEvalException, MiniRacer
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

KATEX = Path(__file__).with_name("katex")
STYLE_SHEET = "katex-swap.min.css"
COPY_SCRIPT = "copy-tex.min.js"
# Formats that no browser asks for once it has been offered woff2, and that are not kept here.
OLD_FONT_FORMAT = re.compile(r',url\([^)]*\) format\("(?:woff|truetype)"\)')
# Environments that number themselves; Sphinx gives the numbers here.
NUMBERED = re.compile(r"\\(begin|end)\{(align|alignat|equation|gather)\}")

logger = logging.getLogger(__name__)


class Katex:
    """KaTeX in a JavaScript engine that starts with the first formula."""

    def __init__(self):
        self.engine = None
        self.render = cache(self.render)

    def render(self, tex, display):
        """Return the HTML of a formula, or raise ValueError with KaTeX's message."""
        if self.engine is None:
            self.engine = MiniRacer()
            self.engine.eval((KATEX / "katex.min.js").read_text(encoding="utf-8"))
        options = {"displayMode": display, "strict": "error", "output": "htmlAndMathml"}
        try:
            return self.engine.call("katex.renderToString", tex, options)
        except JSEvalException as error:
            # KaTeX underlines the place with combining characters, which a terminal garbles.
            message = str(error).replace("\N{COMBINING LOW LINE}", "").splitlines()[0]
            raise ValueError(message.partition("KaTeX parse error: ")[2] or message) from error

    def close(self):
        """Stop the engine: left open, it can keep Python from ending."""
        if self.engine is not None:
            self.engine.close()
            self.engine = None


katex = Katex()


def display_source(tex, nowrap=False):
    """Return displayed TeX with its lines aligned, as Sphinx's other renderers write it."""
    tex = NUMBERED.sub(r"\\\1{\2*}", tex.strip())
    if nowrap or r"\\" not in tex or tex.startswith(r"\begin"):
        return tex
    return rf"\begin{{split}}{tex}\end{{split}}"


def nearest_line(node):
    """Return the node itself or its nearest ancestor that knows its line."""
    while node.line is None and node.parent is not None:
        node = node.parent
    return node


def formula(node, tex, display):
    """Return the HTML of a formula; one that cannot be read is a warning and shows its source."""
    try:
        return katex.render(tex, display)
    except ValueError as error:
        logger.warning("cannot typeset $%s$: %s", tex, error, location=nearest_line(node))
        return f"<code>{escape(tex)}</code>"


def visit_inline(translator, node):
    """Write a formula of the running text."""
    html = formula(node, node.astext(), display=False)
    translator.body.append(f'<span class="math" translate="no">{html}</span>')
    raise nodes.SkipNode


def visit_displayed(translator, node):
    """Write a displayed formula with its number, if it has one."""
    html = formula(node, display_source(node.astext(), node.get("nowrap")), display=True)
    # The theme wraps the formula in a box that scrolls and that carries the same id.
    ids = [] if node.parent.get("ids") == node["ids"] else node["ids"]
    tag = translator.starttag({"ids": ids}, "div", CLASS="math", translate="no")
    translator.body.append(tag)
    translator.body.append(html)
    if node["number"]:
        number = get_node_equation_number(translator, node)
        translator.body.append(f'<span class="eqno">({number})')
        translator.add_permalink_ref(node, "Link to this equation")
        translator.body.append("</span>")
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def add_assets(app, pagename, templatename, context, doctree):
    """Load KaTeX's style sheet and its copy helper on a page that shows a formula."""
    if 'class="katex' in context.get("body", ""):
        app.add_css_file(f"katex/{STYLE_SHEET}")
        app.add_js_file(f"katex/{COPY_SCRIPT}", loading_method="defer")


def copy_assets(app):
    """Copy what the pages load before they are written: Sphinx adds a checksum to each address."""
    if app.builder.format != "html":
        return
    target = Path(app.outdir) / "_static" / "katex"
    shutil.copytree(KATEX / "fonts", target / "fonts", dirs_exist_ok=True)
    shutil.copy(KATEX / COPY_SCRIPT, target)
    shutil.copy(KATEX / "LICENSE", target)
    style = (KATEX / STYLE_SHEET).read_text(encoding="utf-8")
    (target / STYLE_SHEET).write_text(OLD_FONT_FORMAT.sub("", style), encoding="utf-8")


def stop(app, exception):
    katex.close()


def setup(app):
    """Register the renderer; pages are written in one process, as the engine survives no fork."""
    app.add_html_math_renderer("static_math", (visit_inline, None), (visit_displayed, None))
    app.connect("html-page-context", add_assets)
    app.connect("builder-inited", copy_assets)
    app.connect("build-finished", stop)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
