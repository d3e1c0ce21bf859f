"""The directive `{listing}`: a part of the package or of the examples, shown by its name.

    ```{listing} neuralnet.neuron.Neuron.predict
    ```

The source comes without its docstring, each line with its number in the file.  The caption names
the file and the lines and leads to the API entry; the label is `listing-` and the name.  With the
option `:outline:` a class shows its methods without their bodies.  The node remembers what it
`shows`, by name, for the links that lead back.
"""

import re
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.addnodes import pending_xref
from sphinx.util.docutils import SphinxDirective

from book.extensions.package_source import (
    UnknownNameError,
    code_of,
    find,
    names_shown,
    outline_of,
)

LINE_NUMBER = re.compile(r'(?<=<span class="linenos">) *\d+')


class numbered_block(nodes.literal_block):
    """Code whose `numbers` need not follow on each other."""


class Listing(SphinxDirective):
    """Show the source of one part of the package, or of the examples."""

    required_arguments = 1
    option_spec = {"outline": directives.flag}

    def run(self):
        name = self.arguments[0]
        try:
            part = find(name, Path(self.env.srcdir))
        except UnknownNameError as error:
            raise self.error(f"listing: {error}") from error
        if "outline" in self.options and not part.is_class:
            raise self.error(f"listing: {name} is no class, so it has no outline")
        self.env.note_dependency(str(part.path))
        outline = "outline" in self.options
        listing = self.captioned(part, code_block(outline_of(part) if outline else code_of(part)))
        listing["shows"] = names_shown(part, outline)
        return [listing]

    def captioned(self, part, code):
        listing = nodes.container(literal_block=True, classes=["literal-block-wrapper", "listing"])
        caption = nodes.caption("", "", link_to_api(part), nodes.Text(self.place(part)))
        listing += [caption, code]
        for node in (listing, caption, code):
            self.set_source_info(node)
        self.options["name"] = f"listing-{part.name}"
        self.add_name(listing)
        return listing

    def place(self, part):
        first, last = part.extent
        lines = f"line {first}" if first == last else f"lines {first}–{last}"
        return f" in {part.path.relative_to(self.env.srcdir).as_posix()}, {lines}"


def code_block(lines):
    text = "\n".join(text for _, text in lines)
    numbers = [number for number, _ in lines]
    return numbered_block(text, text, language="python", linenos=True, numbers=numbers)


def link_to_api(part):
    """Link to the API entry; only public functions, classes and methods must have one."""
    short = part.name.removeprefix(f"{part.module}.")
    # The entry of a class describes what its `__init__` takes.
    target = part.name.removesuffix(".__init__")
    return pending_xref(
        "",
        nodes.literal(short, short),
        refdomain="py",
        reftype="obj",
        reftarget=target,
        listing_of=part.module,
        may_lack_entry=part.is_constant or "._" in target,
    )


def forgive_missing_entry(app, env, node, shown):
    """Leave a name unlinked if the API need not have it, or has nothing of its module."""
    if "listing_of" not in node:
        return None
    prefix = node["listing_of"] + "."
    if node["may_lack_entry"] or not any(
        name.startswith(prefix) for name in env.domains["py"].objects
    ):
        return shown
    return None


def visit_numbered_block(translator, node):
    """Let Pygments number the lines, then put in the numbers that they have in the file."""
    highlighted = translator.highlighter.highlight_block(
        node.rawsource, node["language"], linenos="inline", location=node
    )
    width = len(str(node["numbers"][-1]))
    numbers = iter(node["numbers"])
    highlighted = LINE_NUMBER.sub(lambda match: f"{next(numbers):{width}}", highlighted)
    start = translator.starttag(node, "div", suffix="", CLASS="highlight-python notranslate")
    translator.body.append(f"{start}{highlighted}</div>\n")
    raise nodes.SkipNode


def setup(app):
    app.add_node(numbered_block, html=(visit_numbered_block, None))
    app.add_directive("listing", Listing)
    app.connect("missing-reference", forgive_missing_entry)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
