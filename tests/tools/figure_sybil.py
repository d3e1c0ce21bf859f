"""Hold what a page says of a figure against the figure that the cell has drawn."""

from book.extensions.claims import numbers_bound_in, without_code
from book.figures.drawing import Drawing
from book.figures.slider import Slider
from tests.tools.drawn import shown_by_drawing, shown_by_figure
from tests.tools.figure_description import faults_of_description
from tests.tools.page_sybil import Cell, PageParser, evaluate, report


class FigureParser(PageParser):
    """Find the cells of a page, whose figures are held against their descriptions."""

    def __call__(self, document):
        for region in super().__call__(document):
            if isinstance(region, Cell):
                region.evaluator = evaluate_with_figures
            yield region


def evaluate_with_figures(example):
    complaint = evaluate(example)
    if complaint or example.region.result is None:
        return complaint
    for description in descriptions_of(example.region):
        if faults := list(faults_of_description(*description)):
            alt, caption, _ = description
            why = "\n".join([*faults, "", f"The alt: {alt}", f"The caption: {caption}"])
            return report(example.document, example.region, why)
    return None


def descriptions_of(cell):
    """Yield the alt sentence, the caption and the contents of each figure that a cell draws."""
    value, figures = cell.result.value, cell.result.figures
    if isinstance(value, Slider):
        for (_, alt), drawing in zip(value.frames, value.drawings, strict=True):
            yield alt, value.caption, shown_by_figure(drawing.figure, cell.source, drawing.facts)
    elif figures:
        options = (cell.lexemes.get("options") or {}).get("mystnb") or {}
        alt = str((options.get("image") or {}).get("alt", ""))
        caption = str((options.get("figure") or {}).get("caption", ""))
        is_drawing = isinstance(value, Drawing)
        shown = shown_by_drawing(value) if is_drawing else shown_by_figure(figures[-1], cell.source)
        shown.texts = (*shown.texts, *numbers_bound_in(alt + caption))
        yield without_code(alt), without_code(caption), shown
