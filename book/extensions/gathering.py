"""Keep what each page holds for those pages that gather it from all.

`gather(app, "errata", of_page)` keeps `of_page(env.docname, doctree)` of each page in a dictionary,
`env.errata`.  When any page is read or removed, all pages are written again (`rebuilding`), so what
is gathered is never older than the pages.
"""


def gather(app, name, of_page):
    def prepare(app):
        if not hasattr(app.env, name):
            setattr(app.env, name, {})

    def read(app, doctree):
        getattr(app.env, name)[app.env.docname] = of_page(app.env.docname, doctree)

    def purge(app, env, docname):
        getattr(env, name).pop(docname, None)

    def merge(app, env, docnames, other):
        found = getattr(other, name)
        getattr(env, name).update({page: found[page] for page in docnames if page in found})

    app.setup_extension("book.extensions.rebuilding")
    app.connect("builder-inited", prepare)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    app.connect("doctree-read", read)
