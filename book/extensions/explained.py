"""Links from the entries of the API to the listings of the chapters.

Under the name of each function, class and method that a page shows with `{listing}`, the entry
says in which chapter, with a link to the listing.  The captions of the listings lead back.
"""

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import make_refnode

from book.extensions.gathering import gather


def listed_on(_docname, doctree):
    """Return the anchor of its listing for each name that a page shows."""
    return {
        name: listing["ids"][0]
        for listing in doctree.findall(nodes.container)
        for name in listing.get("shows", ())
    }


def link_entries(app, doctree, docname):
    """Say in each entry where the book explains what it describes."""
    signatures = list(doctree.findall(addnodes.desc_signature))
    if not signatures:
        return
    places = {
        name: (page, anchor)
        for page, listed in app.env.listed.items()
        for name, anchor in listed.items()
    }
    for signature in signatures:
        for name in places.keys() & signature["ids"]:
            content = signature.parent.next_node(addnodes.desc_content)
            content.insert(0, link_to_listing(app, docname, *places[name]))


def link_to_listing(app, docname, page, anchor):
    title = nodes.Text(app.env.titles[page].astext())
    link = make_refnode(app.builder, docname, page, anchor, title)
    return nodes.paragraph("", "Explained in ", link, classes=["explained-in"])


def setup(app):
    gather(app, "listed", listed_on)
    app.connect("doctree-resolved", link_entries)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}
