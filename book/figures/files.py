"""A name and two contents: how a file is replaced in one stroke."""

from book.figures.diagrams import Diagram
from book.figures.drawing import Drawing
from book.figures.style import BLUE, GREEN, GREY, ORANGE


def replacement():
    """Show the name of a file beside its draft, before and after it moves to the new content."""
    diagram, facts = Diagram(5.4, 4.6), {}
    for top, title, moved in (
        (4.3, "until the draft is whole", False),
        (1.95, "from then on", True),
    ):
        diagram.text(0.15, top, title, bold=True, ha="left")
        name = diagram.box(1.1, top - 0.65, "xor.npz", width=1.5, height=0.5, color=GREEN)
        old = diagram.box(
            4.2, top - 0.65, "old network", width=1.7, height=0.5, color=GREY if moved else BLUE
        )
        new = diagram.box(4.2, top - 1.6, "new network", width=1.7, height=0.5, color=ORANGE)
        diagram.link(name, new if moved else old, bold=moved)
        facts[title] = f"xor.npz points to the {'new' if moved else 'old'} network"
        if not moved:
            draft = diagram.box(1.1, top - 1.6, "draft", width=1.5, height=0.5, color=GREY)
            diagram.link(draft, new)
    return Drawing(diagram.figure, facts)
