"""Small corrections to the HTML of a page, for which the theme has no setting."""

from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.images import get_image_size
from sphinx.writers.html5 import HTML5Translator

DARK_CODE_STYLE = "a11y-high-contrast-dark"
DESCRIPTION_LENGTH = 200
# sphinx-exercise gives the content of every exercise and of every solution the same id.
REPEATED_IDS = {"exercise-content", "solution-content"}


class UniqueIds(SphinxPostTransform):
    """Leave each id on one element only."""

    default_priority = 900
    formats = ("html",)

    def run(self):
        """Remove the ids that the theme's table boxes and sphinx-exercise repeat."""
        for section in self.document.findall(nodes.section):
            section["ids"] = [name for name in section["ids"] if name not in REPEATED_IDS]
        for table in self.document.findall(nodes.table):
            if "table-wrapper" in table.parent.get("classes", ()):
                table.parent["ids"] = []


class UntranslatedSignatures(SphinxPostTransform):
    """Mark the signatures of the API as code, which translators leave alone."""

    default_priority = 900
    formats = ("html",)

    def run(self):
        for signature in self.document.findall(addnodes.desc_signature):
            signature["classes"].append("notranslate")


def set_dark_code_style(app):
    """Choose the colours of code on dark pages; Furo knows the setting only once it is loaded."""
    if "pygments_dark_style" in app.config:
        app.config.pygments_dark_style = DARK_CODE_STYLE


def visit_image(translator, node):
    """Write an image with its size, so that the text does not jump when it comes late."""
    size = get_image_size(Path(translator.builder.srcdir, node["uri"]))
    HTML5Translator.visit_image(translator, node)
    attributes = 'loading="lazy" decoding="async"'
    if size and not {"width", "height", "scale"} & set(node.attributes):
        attributes += f' width="{size[0]}" height="{size[1]}"'
    translator.body[-1] = translator.body[-1].replace("<img ", f"<img {attributes} ", 1)


def visit_citation(translator, node):
    """Open an entry of the bibliography; the role that docutils gives it is deprecated."""
    HTML5Translator.visit_citation(translator, node)
    translator.body[-1] = translator.body[-1].replace("doc-biblioentry", "listitem")


def first_paragraph(doctree):
    """Return the page's first paragraph without a formula as one line, cut between words."""
    paragraphs = (
        paragraph
        for paragraph in doctree.findall(nodes.paragraph)
        if type(paragraph.parent) is nodes.section and not list(paragraph.findall(nodes.math))
    )
    text = " ".join(next(paragraphs, nodes.paragraph()).astext().split())
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    return text[:DESCRIPTION_LENGTH].rpartition(" ")[0] + " …"


def describe(app, pagename, templatename, context, doctree):
    """Give the page a description for search engines: its first paragraph."""
    if doctree is not None:
        context["description"] = first_paragraph(doctree)


def setup(app):
    """Register the corrections."""
    app.add_post_transform(UniqueIds)
    app.add_post_transform(UntranslatedSignatures)
    app.add_node(nodes.image, override=True, html=(visit_image, HTML5Translator.depart_image))
    app.add_node(
        nodes.citation, override=True, html=(visit_citation, HTML5Translator.depart_citation)
    )
    # Before the theme, which reads the style at the same event with the default priority.
    app.connect("builder-inited", set_dark_code_style, priority=100)
    app.connect("html-page-context", describe)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
