"""A page whose cells ran once, and which then tells of any text whether a check would complain."""

from tests.tools import citations, formulas, prose_numbers, references, terms
from tests.tools.claims import complaint_about
from tests.tools.figure_description import faults_of_description
from tests.tools.figure_sybil import FigureParser, descriptions_of
from tests.tools.page_sybil import Cell, Claims, PageDocument

TEXT_CHECKS = (prose_numbers, formulas, references, terms, citations)
UNKNOWN = NameError("no such claim was made")


class Witness:
    """The results of a page's cells, and the values of its claims by the cells above them."""

    def __init__(self, page):
        self.path = page.path
        document = self.read(page.text)
        document.run_until(None)
        self.results = [cell.result for cell in document.cells]
        self.values = {
            (above, claim.expression): value
            for above, step in numbered(document.steps)
            for claim, value in zip(step.claims, step.values, strict=True)
        }
        if complaint := self.complaint(page.text):
            raise ValueError(f"{page.name} is at fault before any fault is planted: {complaint}")

    def read(self, text):
        return PageDocument.of(text, self.path, FigureParser())

    def complaint(self, text):
        """Return what is first found wrong with the page's text; None if nothing is."""
        return next(self.complaints(text), None)

    def complaints(self, text):
        document = self.read(text)
        for cell, result in zip(document.cells, self.results, strict=True):
            cell.result = result
            if cell.fault:
                yield f"line {cell.line}: another output"
            for description in descriptions_of(cell):
                yield from faults_of_description(*description)
        for above, step in numbered(document.steps):
            for claim in step.claims:
                value = self.values.get((above, claim.expression), UNKNOWN)
                if complaint := complaint_about(claim, value):
                    yield complaint
        for check in TEXT_CHECKS:
            yield from check.complaints_about(document.page)


def numbered(steps):
    """Yield the claims among the steps with the number of cells above them."""
    above = 0
    for step in steps:
        above += isinstance(step, Cell)
        if isinstance(step, Claims):
            yield above, step
