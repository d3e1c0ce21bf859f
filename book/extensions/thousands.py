"""Keep the digits of a large number on one line: 10 000 is written with a space that may break."""

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

SPACE = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
NO_BREAK = "\N{NO-BREAK SPACE}"
NOT_PROSE = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw)


class KeepThousandsTogether(SphinxPostTransform):
    default_priority = 900

    def run(self, **options):
        for text in list(self.document.findall(nodes.Text)):
            kept = SPACE.sub(NO_BREAK, text)
            if kept != text and not isinstance(text.parent, NOT_PROSE):
                text.parent.replace(text, nodes.Text(kept))


def setup(app):
    app.add_post_transform(KeepThousandsTogether)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
