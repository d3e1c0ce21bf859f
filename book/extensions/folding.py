"""Fold code and solutions with plain ``details`` elements, which need no script."""

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx_exercise.nodes import depart_solution_node, solution_node, visit_solution_node


def label_of(node):
    """Return the words that name the folded part of a cell."""
    if any("output" in name for name in node["classes"]):
        return "The output"
    # A figure is an image, or HTML of its own if it has controls.
    if any(isinstance(part, nodes.image | nodes.raw) for part in node.parent.findall()):
        return "The code that draws this figure"
    return "The code"


def visit_hidden_cell(translator, node):
    """Open a folded part of a cell."""
    translator.body.append(translator.starttag(node, "details", CLASS="fold"))
    translator.body.append(f"<summary>{label_of(node)}</summary>\n")


def depart_details(translator, node):
    """Close a fold."""
    translator.body.append("</details>\n")


def visit_solution(translator, node):
    """Open a solution; one of the class ``dropdown`` is folded under its title."""
    if "dropdown" not in node["classes"]:
        visit_solution_node(translator, node)
        return
    title = node.pop(0)
    translator.body.append(translator.starttag(node, "details", CLASS="admonition"))
    # The title's link to its exercise is left out: a summary is itself a control.
    words = translator.encode(title.astext())
    translator.body.append(f'<summary class="admonition-title">{words}</summary>\n')


def depart_solution(translator, node):
    """Close a solution."""
    if "dropdown" in node["classes"]:
        depart_details(translator, node)
    else:
        depart_solution_node(translator, node)


def setup(app):
    """Replace the HTML that myst-nb and sphinx-exercise write for these nodes."""
    app.add_node(HideCodeCellNode, override=True, html=(visit_hidden_cell, depart_details))
    app.add_node(solution_node, override=True, html=(visit_solution, depart_solution))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
