"""The directives `{erratum}` and `{errata}`: where a tutorial slips, in place and all together.

    ```{erratum} E-T1-04
    :claim: A larger dot product means more similar vectors.

    It also grows with the length of either vector.
    ```

makes a note with the anchor `erratum-e-t1-04`, and

    ```{errata} T1
    ```

lists the errata of the first tutorial that other pages tell, in the order of their numbers.
"""

import re
from dataclasses import dataclass

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.util import docname_join, logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

from book.extensions.gathering import gather

IDENTIFIER = re.compile(r"E-(T\d+)-(\d\d)")
TITLE = "Where the tutorial slips"

logger = logging.getLogger(__name__)


class errata_list(nodes.General, nodes.Element):
    """The place of a list; it is filled when all pages are read."""


@dataclass
class Erratum:
    """One slip: its number, its page and its place there, its claim and what is wrong with it."""

    identifier: str
    docname: str
    line: int
    content: list[nodes.Element]

    @property
    def tutorial(self):
        return IDENTIFIER.fullmatch(self.identifier)[1]

    @property
    def number(self):
        return int(IDENTIFIER.fullmatch(self.identifier)[2])

    @property
    def anchor(self):
        return f"erratum-{self.identifier.lower()}"


class ErratumDirective(SphinxDirective):
    """Note a slip of a tutorial in place."""

    required_arguments = 1
    has_content = True
    option_spec = {"claim": directives.unchanged_required}

    def run(self):
        identifier = self.arguments[0]
        if not IDENTIFIER.fullmatch(identifier):
            raise self.error(f"erratum: {identifier} is no number of an erratum like E-T1-04")
        if not self.options.get("claim") or not self.content:
            raise self.error(f"erratum {identifier}: needs :claim: one sentence, and a body")
        note = nodes.admonition(classes=["erratum"], erratum=identifier)
        self.set_source_info(note)
        note += [self.title(identifier), self.claim()]
        self.state.nested_parse(self.content, self.content_offset, note)
        self.options["name"] = f"erratum-{identifier}"
        self.add_name(note)
        return [self.index_entry(identifier, note["ids"][0]), note]

    def index_entry(self, identifier, anchor):
        """Let the index, and with it the search for the number, lead to this place."""
        return addnodes.index(entries=[("single", identifier, anchor, "main", None)])

    def title(self, identifier):
        number = nodes.inline(identifier, identifier, classes=["erratum-number"])
        return nodes.title("", f"{TITLE} ", number)

    def claim(self):
        words, messages = self.state.inline_text(self.options["claim"], self.lineno)
        return nodes.paragraph("", "", nodes.emphasis("", "", *words), *messages, classes=["claim"])


class ErrataDirective(SphinxDirective):
    """List the errata of one tutorial."""

    required_arguments = 1

    def run(self):
        place = errata_list(tutorial=self.arguments[0])
        self.set_source_info(place)
        return [place]


def errata_of(docname, doctree):
    """Return the errata of a page that was just read."""
    return [
        Erratum(note["erratum"], docname, note.line, [child.deepcopy() for child in note[1:]])
        for note in errata_in(doctree)
    ]


def errata_in(doctree):
    return [note for note in doctree.findall(nodes.admonition) if "erratum" in note]


def check(app, env):
    """Warn where two errata have one number."""
    places = {}
    for erratum in (erratum for page in env.errata.values() for erratum in page):
        first = places.setdefault(erratum.identifier, erratum)
        if first is not erratum:
            logger.warning(
                "erratum %s stands also on %s, line %s",
                *(erratum.identifier, first.docname, first.line),
                location=(erratum.docname, erratum.line),
            )


def fill_lists(app, doctree, docname):
    """Put the errata that are told on other pages where the page asks for them."""
    for place in list(doctree.findall(errata_list)):
        wanted = [
            erratum
            for page, errata in app.env.errata.items()
            for erratum in errata
            if page != docname and erratum.tutorial == place["tutorial"]
        ]
        wanted.sort(key=lambda erratum: erratum.number)
        entries = [entry(app, erratum, docname) for erratum in wanted]
        place.replace_self(nodes.definition_list("", *entries, classes=["errata"]))


def entry(app, erratum, docname):
    """Make one entry of a list: the number, linked to its place, the claim and the body."""
    number = nodes.inline("", erratum.identifier, classes=["erratum-number"])
    link = make_refnode(app.builder, docname, erratum.docname, erratum.anchor, number)
    body = nodes.definition("", *(child.deepcopy() for child in erratum.content))
    for node in body.findall(nodes.Element):
        node["ids"], node["names"] = [], []
        if isinstance(node, addnodes.pending_xref):
            # The name of a page is relative to where it was written.
            if node["reftype"] == "doc":
                node["reftarget"] = f"/{docname_join(erratum.docname, node['reftarget'])}"
            node["refdoc"] = docname
    document = new_document("")
    document += body
    app.env.resolve_references(document, docname, app.builder)
    return nodes.definition_list_item("", nodes.term("", "", link), body)


def setup(app):
    app.add_node(errata_list)
    app.add_directive("erratum", ErratumDirective)
    app.add_directive("errata", ErrataDirective)
    gather(app, "errata", errata_of)
    app.connect("env-check-consistency", check)
    app.connect("doctree-resolved", fill_lists)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}
