"""Offer each executed page as a notebook with its outputs.

The notebook is written to _downloads/notebooks; a page's template finds its address, relative to
the page, as `notebook_url`.  On pages without cells the name is not set.
"""

from pathlib import Path

import nbformat

from book.extensions.execution import executed_page
from book.extensions.readable_markdown import readable

FOLDER = "_downloads/notebooks"
HOW_TO_RUN = (
    "*A chapter as a notebook, with its outputs. To run it again, put the root folder of the "
    "book's repository on `PYTHONPATH` and start Jupyter from the environment that builds it.*"
)


def offer_notebook(app, name, template, context, doctree):
    """Write the notebook of the page that is being written, and give its address to the page."""
    if app.builder.format != "html" or name not in app.env.found_docs:
        return
    executed = executed_page(app.env, name)
    if executed is None:
        return
    address = f"{FOLDER}/{name.removeprefix('book/')}.ipynb"
    target = Path(app.outdir, address)
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(downloadable(executed), target)
    context["notebook_url"] = context["pathto"](address, resource=True)


def downloadable(executed):
    """Return an executed page as a notebook that needs nothing of the book's Markdown."""
    cells = [nbformat.v4.new_markdown_cell(HOW_TO_RUN)]
    for cell in executed.cells:
        if cell.cell_type != "code":
            cells.append(nbformat.v4.new_markdown_cell(readable(cell.source)))
        elif not prepares_kernel(cell):
            cells += [code_cell(cell), nbformat.v4.new_markdown_cell(caption(cell))]
    cells = [cell for cell in cells if cell.source]
    for number, cell in enumerate(cells):
        # The notebook library draws identifiers at random.
        cell.id = f"cell-{number}"
    return nbformat.v4.new_notebook(
        cells=cells,
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
    )


def prepares_kernel(cell):
    """Say whether a cell only sets the style of the book."""
    return "remove-cell" in tags_of(cell) and "book.kernel" in cell.source


def code_cell(cell):
    """Return a cell with its outputs; what the book folds away is folded in the notebook too."""
    metadata = {"tags": tags} if (tags := tags_of(cell)) else {}
    if "hide-input" in tags:
        metadata["jupyter"] = {"source_hidden": True}
    return nbformat.v4.new_code_cell(
        cell.source, outputs=cell.outputs, execution_count=cell.execution_count, metadata=metadata
    )


def caption(cell):
    """Return the name and caption of the figure a cell draws, as the text refers to it."""
    figure = cell.metadata.get("mystnb", {}).get("figure", {})
    return readable(f"*{figure['name']}: {figure['caption']}*") if "caption" in figure else ""


def tags_of(cell):
    return cell.metadata.get("tags", [])


def setup(app):
    """Connect the notebooks to the writing of pages."""
    app.connect("html-page-context", offer_notebook)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
