"""Sybil on the pages of the book: a cell is an example, its `{output}` what it must show."""

import re
from functools import cached_property
from pathlib import Path

import pytest
from sybil import Document, Region
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer
from sybil.parsers.myst import CodeBlockParser

from book.extensions.agreement import NOT_DESCRIBED, is_described, told
from book.extensions.comparison import fault, indented
from tests.tools.accepting import accept
from tests.tools.cells import Kernel
from tests.tools.claims import complaint_about, value_of
from tests.tools.pages import Page
from tests.tools.passages import passages_of

MUST_RAISE = "raises-exception"
OUTPUTS = RawFencedCodeBlockLexer(re.compile(r"\{output\}[^\n]*$\n", re.MULTILINE))


class PageDocument(Document):
    """A page and the kernel that runs its cells, in order, at most once."""

    def __init__(self, text, path):
        super().__init__(text, path)
        self.kernel = Kernel(path)
        self.steps = []
        self.culprit = None
        self.culprit_is_told = False
        self.accepted = False

    @classmethod
    def parse(cls, path, *parsers, encoding="utf-8"):
        return cls.of(Path(path).read_text(encoding=encoding), path, *parsers)

    @classmethod
    def of(cls, text, path, *parsers):
        """Read a page whose text need not be that of its file."""
        document = cls(text, path)
        for parser in parsers:
            for region in parser(document):
                document.add(region)
        document.steps = [
            region for _, region in document.regions if isinstance(region, Cell | Claims)
        ]
        return document

    @cached_property
    def page(self):
        return Page(self.path, self.text)

    @property
    def cells(self):
        return [step for step in self.steps if isinstance(step, Cell)]

    def run_until(self, step):
        """Run cells and claims up to `step`, also those that pytest was not asked for."""
        for earlier in self.steps:
            if self.culprit:
                return
            earlier.run(self)
            if earlier is step:
                return


class Cell(Region):
    """A cell with the output that is recorded under it."""

    def __init__(self, code, output, document):
        super().__init__(code.start, (output or code).end, code.parsed, lexemes=code.lexemes)
        self.code_end = code.end
        self.line = document.text.count("\n", 0, self.start) + 1
        self.source = str(code.parsed).rstrip("\n")
        self.source_line = self.line + document.text.count(
            "\n", self.start, self.start + code.parsed.offset
        )
        self.recorded = body_of(document.text, output) if output else None
        options = code.lexemes.get("options", {})
        self.must_raise = MUST_RAISE in str(options.get("tags", ""))
        self.is_described = is_described(options.get("mystnb") or {})
        self.result = None

    def run(self, document):
        if self.result:
            return
        self.result = document.kernel.run(self.source, self.source_line)
        if bool(self.result.error) != self.must_raise:
            document.culprit = self

    @property
    def shown(self):
        return self.result.text.strip("\n")

    @property
    def fault(self):
        """What is wrong with the recorded output, nothing if it still holds."""
        return fault(self.recorded, self.shown)


class Claims(Region):
    """The claims of a passage, held against the namespace at that place."""

    def __init__(self, claims, position):
        super().__init__(position, position, evaluator=evaluate_claims)
        self.claims = claims
        self.values = None

    def run(self, document):
        if self.values is None:
            names = vars(document.kernel.module)
            self.values = [value_of(claim, names) for claim in self.claims]

    def complaints(self, document):
        for claim, value in zip(self.claims, self.values, strict=True):
            if complaint := complaint_about(claim, value):
                yield f"{place(document, claim.line)}: {complaint}"


class PageParser:
    """Find the cells of a page with the outputs right under them, and outputs gone astray."""

    def __init__(self):
        self.find_cells = CodeBlockParser("python", evaluator=lambda example: None)

    def __call__(self, document):
        outputs = {region.start: region for region in OUTPUTS(document)}
        cells = []
        for code in self.find_cells(document):
            cell = Cell(code, outputs.pop(code.end + 1, None), document)
            cell.evaluator = evaluate
            cells.append(cell)
        for stray in outputs.values():
            stray.evaluator = refuse_stray
            yield stray
        yield from cells
        yield from claims_between(cells, document)


def claims_between(cells, document):
    """Yield the claims of each passage where it ends; those of a figure behind its cell."""
    ends = [match.start() for match in re.finditer(r"\n|\Z", document.text)]
    for passage in passages_of(document.page.blocks):
        if passage.claims:
            position = ends[passage.end - 1]
            around = (cell.end for cell in cells if cell.start <= position < cell.end)
            yield Claims(passage.claims, next(around, position))


def body_of(text, block):
    lines = text[block.start : block.end].split("\n")
    return "\n".join(lines[1:-1])


def evaluate(example):
    """Run the cell, and tell how what it shows differs from what the page records."""
    document, cell = example.document, example.region
    accepting = example.namespace["accepting"]
    document.run_until(document.cells[-1] if accepting else cell)
    if document.culprit and document.culprit_is_told:
        pytest.skip(f"another cell of this page failed, on line {document.culprit.line}")
    if document.culprit:
        document.culprit_is_told = True
        return complaint_about_error(document, document.culprit, accepting)
    if cell.result.draws and not cell.is_described:
        return report(document, cell, NOT_DESCRIBED)
    if not cell.fault:
        return None
    if accepting:
        return accept_page(document, example.namespace["record_property"])
    return complaint_about_output(document, cell)


def evaluate_claims(example):
    """Tell which claims of a passage do not hold; those of a page that fails are left alone."""
    document = example.document
    if example.namespace["accepting"]:
        return None
    document.run_until(example.region)
    if document.culprit:
        pytest.skip(f"a cell of this page failed, on line {document.culprit.line}")
    return "\n".join(example.region.complaints(document)) or None


def accept_page(document, record_property):
    """Record the outputs of the whole page, once."""
    if not document.accepted:
        changed = [cell for cell in document.cells if cell.fault]
        accept(Path(document.path), document.text, changed)
        document.accepted = True
        record_property("accepted", f"{shown_path(document)} ({len(changed)} outputs)")


def refuse_stray(example):
    return (
        f"{place(example.document, example.line)}: this {{output}} block stands under no cell.\n"
        "It must start on the very line after the closing fence of a ```{code-cell} python block."
    )


def complaint_about_error(document, cell, accepting):
    if cell.must_raise:
        why = f"the cell is tagged {MUST_RAISE} but raised nothing."
    else:
        why = f"the cell raised an error.  If it is meant to, give it the tag {MUST_RAISE}."
        why += "\n\n" + indented(document.kernel.traceback(cell.result.error))
    if accepting:
        why += "\n\nNo output was recorded on this page."
    return report(document, cell, why)


def complaint_about_output(document, cell):
    remedy = f"If the new output is right, record it: pytest --accept {shown_path(document)}"
    if re.search(r"<.* at 0x[0-9a-f]+>", cell.shown):
        remedy += "\nIf the text is not wanted, end the cell in a semicolon."
    return report(document, cell, f"{cell.fault}\n\n{remedy}")


def report(document, cell, why):
    return told(place(document, cell.line), why, cell.source)


def place(document, line):
    return f"{shown_path(document)}:{line}"


def shown_path(document):
    path = Path(document.path)
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
