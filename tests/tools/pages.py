"""Read a page of the book as MyST-NB does, into blocks that the text checks look at."""

import functools
import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.directives import parse_directive_text
from myst_parser.parsers.mdit import create_md_parser

from book.extensions.claims import BINDS

ROOT = Path(__file__).parents[2]
WITHOUT_PROSE = {
    "bibliography",
    "code",
    "code-block",
    "code-cell",
    "errata",
    "eval-rst",
    "image",
    "listing",
    "output",
    "raw",
    "raw-cell",
    "sourcecode",
    "toctree",
}
ARGUMENT_IS_NO_PROSE = {"erratum", "figure", "glossary", "math", "solution", "solution-start"}
DIRECTIVE = re.compile(r"\{([\w:.+-]+)\} ?(.*)")
COMMENT = re.compile(r"<!--[ \t]*(.*?)\s*-->\s*", re.DOTALL)
ROLE_WITH_TARGET = re.compile(r"(.*?)\s*<([^<>]+)>", re.DOTALL)
FOLDED = {"hide-cell", "hide-input", "remove-cell", "remove-input"}


@dataclass
class Span:
    """A piece of a sentence: `text`, `code`, `math`, a `term` or a `number` bound to code.

    `names` is the term that a `term` links to, and the expression that a `number` is bound to.
    """

    kind: str
    text: str
    line: int
    names: str = ""

    def line_of(self, position):
        return self.line + self.text.count("\n", 0, position)


@dataclass
class Block:
    """A piece of a page: prose, a heading, maths, a comment, or a directive by its name."""

    kind: str
    line: int
    end: int
    text: str = ""
    argument: str = ""
    options: dict = field(default_factory=dict)
    fence: str = ""
    nested: bool = False
    spans: list[Span] = field(default_factory=list)

    @property
    def tags(self):
        tags = self.options.get("tags", [])
        return tags if isinstance(tags, list) else [tags]

    @property
    def is_folded(self):
        return bool(FOLDED.intersection(self.tags))

    @property
    def mystnb(self):
        return self.options.get("mystnb") or {}


class Page:
    """A page of the book."""

    def __init__(self, path, text=None):
        self.path = Path(path)
        self.text = self.path.read_text(encoding="utf-8") if text is None else text
        self.front_matter = {}
        self.blocks = list(self.read(self.text, 0, nested=False))

    @property
    def name(self):
        """The page's place in the book, without its ending."""
        inside = self.path.is_relative_to(ROOT)
        path = self.path.relative_to(ROOT) if inside else self.path
        return path.with_suffix("").as_posix()

    def of_kind(self, *kinds):
        return [block for block in self.blocks if block.kind in kinds]

    @property
    def sections(self):
        """The blocks from one heading, or one exercise, to the next."""
        sections = [[]]
        for block in self.blocks:
            if block.kind in {"heading", "exercise", "exercise-start"}:
                sections.append([])
            sections[-1].append(block)
        return sections

    @property
    def exercises(self):
        return self.of_kind("exercise", "exercise-start")

    @property
    def cells(self):
        """The cells that MyST-NB runs."""
        return [cell for cell in self.of_kind("code-cell") if not cell.nested]

    def output_of(self, cell):
        """Return the recorded output right under a cell; None if there is none."""
        for block in self.of_kind("output"):
            if block.line == cell.end + 1:
                return block.text
        return None

    def place(self, line):
        return f"{self.name}.md:{line}"

    def read(self, text, offset, nested):
        """Yield the blocks of Markdown that starts `offset` lines below the top of the page."""
        opened = ""
        for token in markdown_parser().parse(text + "\n"):
            first, last = (number + offset for number in token.map or (0, 0))
            inside = nested or token.level > 0
            if token.type == "front_matter":
                self.front_matter = yaml.safe_load(token.content)
            elif token.type == "fence":
                yield from self.read_fence(token, first, last, inside)
            elif token.type == "inline":
                kind = "heading" if opened == "heading_open" else "prose"
                yield Block(kind, first + 1, last, spans=list(spans_of(token, first + 1)))
            elif token.type in {"math_block", "math_block_label", "amsmath"}:
                yield Block("math", first + 1, last, spans=[Span("math", token.content, first + 1)])
            elif token.type == "html_block" and COMMENT.fullmatch(token.content):
                text = COMMENT.fullmatch(token.content)[1]
                yield Block("comment", first + 1, last, text=text, nested=inside)
            elif token.type in {"myst_line_comment", "html_block", "myst_target", "code_block"}:
                kind = token.type.removeprefix("myst_")
                yield Block(kind, first + 1, last, text=token.content, nested=inside)
            opened = token.type

    def read_fence(self, token, first, last, nested):
        """Yield the block of a fence and, if it is a directive that holds prose, those in it."""
        match = DIRECTIVE.fullmatch(token.info.strip())
        if not match:
            yield Block("fence", first + 1, last, token.content, token.info.strip(), nested=nested)
            return
        kind, argument = match[1], match[2].strip()
        body, start, options = split_directive(kind, token.content)
        block = Block(kind, first + 1, last, body, argument, options, token.markup, nested)
        yield block
        line = first + 2 + start
        if kind == "math":
            block.spans = [Span("math", body, line)]
        elif kind == "code-cell":
            block.spans = list(spans_of_figure(block))
        elif kind == "erratum":
            block.spans = list(spans_in(options.get("claim", ""), first + 1))
        if kind not in WITHOUT_PROSE | {"math"}:
            if argument and kind not in ARGUMENT_IS_NO_PROSE:
                yield from self.read(argument, first, nested=True)
            yield from self.read(body, line - 1, nested=True)


class AnyDirective:
    """Tells MyST how to split a directive into options and body."""

    option_spec = {"any": str}  # noqa: RUF012 (the shape that MyST asks for)
    required_arguments = 0
    optional_arguments = 1
    has_content = True


def split_directive(kind, content):
    """Return the body of a directive, how many lines stand above it, and its options."""
    if kind == "output":
        return content.removesuffix("\n"), 0, {}
    parsed = parse_directive_text(AnyDirective, "", content, validate_options=False)
    return "\n".join(parsed.body), parsed.body_offset, parsed.options


@functools.cache
def markdown_parser():
    return create_md_parser(markdown_settings(), RendererHTML)


def markdown_settings():
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    extensions = set(settings["parse"]["myst_enable_extensions"]) - {"smartquotes"}
    return MdParserConfig(enable_extensions=extensions)


def spans_of(token, line):
    """Yield the pieces of a sentence; the targets of links and references are none of them."""
    text = Span("text", "", line)
    for piece in pieces_of(token, line):
        if piece.kind == "text":
            text.text += piece.text
            continue
        if text.text:
            yield text
        yield piece
        text = Span("text", "", piece.line + piece.text.count("\n"))
    if text.text:
        yield text


def spans_of_figure(cell):
    """Yield the pieces of what a cell says about its figure."""
    for part, key in (("figure", "caption"), ("image", "alt")):
        yield from spans_in(str((cell.mystnb.get(part) or {}).get(key, "")), cell.line)


def spans_in(text, line):
    """Yield the pieces of a sentence that stands in an option."""
    for token in markdown_parser().parseInline(text):
        yield from spans_of(token, line)


def pieces_of(token, line):
    for child in token.children:
        if child.type in {"text", "text_special"}:
            yield Span("text", child.content, line)
        elif child.type in {"softbreak", "hardbreak"}:
            yield Span("text", "\n", line)
            line += 1
        elif child.type == "code_inline":
            yield Span("code", child.content, line)
        elif child.type.startswith("math_inline"):
            yield Span("math", child.content, line)
        elif child.type == "image":
            yield Span("image", child.content, line)
        elif child.type == "myst_role":
            yield from role_pieces(child, line)
            line += child.content.count("\n")


def role_pieces(role, line):
    name = role.meta["name"]
    if name == "math":
        yield Span("math", role.content, line)
    elif name == "term":
        match = ROLE_WITH_TARGET.fullmatch(role.content)
        shown, term = match.groups() if match else (role.content, role.content)
        yield Span("term", shown, line, " ".join(term.split()).lower())
    elif name == "num":
        shown, _, expression = role.content.partition(BINDS)
        yield Span("number", shown, line, expression.strip())


def pages_of_book(root=ROOT):
    """Return all pages in reading order."""
    return [Page(root / f"{name}.md") for name in page_names(root)]


def chapters_of_book(root=ROOT):
    """Return the pages that teach: those of the parts whose chapters are numbered."""
    return [
        Page(root / f"{chapter['file']}.md")
        for part in table_of_contents(root)["parts"]
        if part.get("numbered")
        for chapter in part["chapters"]
    ]


def page_names(root=ROOT):
    contents = table_of_contents(root)
    chapters = [chapter for part in contents["parts"] for chapter in part["chapters"]]
    return [contents["root"], *(chapter["file"] for chapter in chapters)]


def table_of_contents(root=ROOT):
    return yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
