"""Keep what each page holds for those pages that gather it from all.

`gather(app, "errata", of_page, gathers)` keeps `of_page(env.docname, doctree)` of each page in the
dictionary `env.errata`.  A page whose doctree `gathers` is written again in every build, since what
it gathers may have changed on any page; their names are in `env.errata_pages`.
"""


def gather(app, name, of_page, gathers):
    pages = f"{name}_pages"

    def prepare(app):
        for kept, empty in ((name, dict), (pages, set)):
            if not hasattr(app.env, kept):
                setattr(app.env, kept, empty())

    def read(app, doctree):
        getattr(app.env, name)[app.env.docname] = of_page(app.env.docname, doctree)
        if gathers(doctree):
            getattr(app.env, pages).add(app.env.docname)

    def purge(app, env, docname):
        getattr(env, name).pop(docname, None)
        getattr(env, pages).discard(docname)

    def merge(app, env, docnames, other):
        found = getattr(other, name)
        getattr(env, name).update({page: found[page] for page in docnames if page in found})
        getattr(env, pages).update(getattr(other, pages))

    def rewrite(app, env):
        return sorted(getattr(env, pages))

    app.connect("builder-inited", prepare)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    app.connect("doctree-read", read)
    app.connect("env-updated", rewrite)
