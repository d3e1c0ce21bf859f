"""Build no page whose cells show something else than its `{output}` blocks record."""

from jupyter_cache import get_cache
from markdown_it import MarkdownIt

from book.extensions.comparison import fault, indented
from book.extensions.execution import CellError, read_page
from book.extensions.shown import is_image, text_of_outputs

NOT_DESCRIBED = """the cell draws a figure that has no name, caption and alt sentence.  Give it:

    ---
    mystnb:
      image:
        alt: A sentence that says what the figure shows.
      figure:
        name: fig-name
        caption: A caption.
    ---"""


class RecordError(CellError):
    """Cells that show something else than their page records."""

    category = "Not as recorded"


def refuse_differences(app, env, names):
    """End the build if a page that is about to be read shows something else than it records."""
    cache = get_cache(env.mystnb_config.execution_cache_path)
    faults = []
    for name in names:
        page = read_page(env, name)
        if page is None:
            continue
        kept, executed = cache.merge_match_into_notebook(page.notebook)
        if found := list(faults_of(page, executed.cells)):
            faults += found
            # Should the outputs change from run to run, the next build has to run them again.
            cache.remove_cache(kept)
    if faults:
        raise RecordError("\n\n".join(sorted(faults)))


def faults_of(page, cells):
    """Yield what is wrong with the outputs of each cell, with its place and its code."""
    for number, cell in enumerate(cells):
        if cell.cell_type != "code":
            continue
        recorded = recorded_in(cells[number + 1]) if number + 1 < len(cells) else None
        why = fault(recorded, text_of_outputs(cell.outputs))
        if draws(cell) and not is_described(cell.metadata.get("mystnb") or {}):
            why = why or NOT_DESCRIBED
        if why:
            page.cell = number
            yield told(page.place(), why, cell.source)


def told(place, why, source):
    """Return what is wrong with a cell, as the build and the tests say it."""
    return f"{place}: {why}\n\nThe cell:\n\n{indented(source)}"


def recorded_in(cell):
    """Return the content of the `{output}` block that a cell of text begins with, if it does."""
    if cell.cell_type != "markdown":
        return None
    first = MarkdownIt().parse(cell.source)[:1]
    return next((token.content for token in first if token.info.startswith("{output}")), None)


def draws(cell):
    return any(is_image(output.get("data", {})) for output in cell.outputs)


def is_described(mystnb):
    """Say whether the options of a cell give its figure a name, a caption and an alt sentence."""
    figure, image = mystnb.get("figure") or {}, mystnb.get("image") or {}
    return bool(figure.get("name") and figure.get("caption") and image.get("alt"))


def setup(app):
    """Connect the comparison to the build, after the run of the cells."""
    app.connect("env-before-read-docs", refuse_differences)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
