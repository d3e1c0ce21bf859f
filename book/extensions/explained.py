"""Links from the entries of the API to the listings of the chapters.

Under the name of each function, class and method that a page shows with `{listing}`, the entry
says in which chapter, with a link to the listing.  The captions of the listings lead back.
"""

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import make_refnode


def collect(app, doctree):
    """Remember what a page that was just read lists, and whether it has entries of the API."""
    env = app.env
    env.listed[env.docname] = {
        name: listing["ids"][0]
        for listing in doctree.findall(nodes.container)
        for name in listing.get("shows", ())
    }
    if next(doctree.findall(addnodes.desc_signature), None):
        env.api_pages.add(env.docname)


def prepare(app):
    for name, empty in (("listed", dict), ("api_pages", set)):
        if not hasattr(app.env, name):
            setattr(app.env, name, empty())


def purge(app, env, docname):
    env.listed.pop(docname, None)
    env.api_pages.discard(docname)


def merge(app, env, docnames, other):
    env.listed.update({name: other.listed[name] for name in docnames if name in other.listed})
    env.api_pages |= other.api_pages


def rewrite_entries(app, env):
    """Have the entries written again: a listing may have moved to any page."""
    return sorted(env.api_pages)


def link_entries(app, doctree, docname):
    """Say in each entry where the book explains what it describes."""
    if docname not in app.env.api_pages:
        return
    places = {
        name: (page, anchor)
        for page, listed in app.env.listed.items()
        for name, anchor in listed.items()
    }
    for signature in doctree.findall(addnodes.desc_signature):
        for name in places.keys() & signature["ids"]:
            content = signature.parent.next_node(addnodes.desc_content)
            content.insert(0, link_to_listing(app, docname, *places[name]))


def link_to_listing(app, docname, page, anchor):
    title = nodes.Text(app.env.titles[page].astext())
    link = make_refnode(app.builder, docname, page, anchor, title)
    return nodes.paragraph("", "Explained in ", link, classes=["explained-in"])


def setup(app):
    app.connect("builder-inited", prepare)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    app.connect("doctree-read", collect)
    app.connect("env-updated", rewrite_entries)
    app.connect("doctree-resolved", link_entries)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}
