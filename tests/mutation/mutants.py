"""All mutants of a module: its source with one small mistake each.

Left out is what no run depends on: docstrings, type hints, imports, the wording of error messages
and of ``__repr__``, the text between the values of an f-string, ``__all__`` and ``__version__``.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.mutation.kinds import replacements

HINTS = {"annotation", "returns", "format_spec", "type_params"}
DEFINITIONS = (ast.FunctionDef, ast.ClassDef)
# The names of modules for others, and CamelCase: the short name of a type.
UNUSED = re.compile(r"__\w+__|[A-Z]+[a-z]\w*")
Key = tuple[str, str, str, int]


@dataclass(frozen=True)
class Mutant:
    """A module with one mistake in it.

    Attributes
    ----------
    place : str
        The function or class that holds the mistake, as in ``layers.Dense.forward``.
    was, now : str
        The statement without and with the mistake; of a compound statement the first line.
    nth : int
        Counts the mutants of one place that are spelled alike, from 1.
    lines : range
        Whoever runs none of these lines cannot see the mistake.
    on_import : bool
        Whether the mistake is made on import, as in a default value, so that anybody may see it.
    source : str
        The whole mutated module.
    """

    place: str
    was: str
    now: str
    nth: int
    lines: range
    on_import: bool
    source: str

    @property
    def key(self) -> Key:
        """What names the mutant, also after changes elsewhere in the module."""
        return self.place, self.was, self.now, self.nth


@dataclass
class Spot:
    """A place in a syntax tree where a node can be exchanged."""

    parent: ast.AST
    field: str
    index: int | None

    @property
    def node(self) -> ast.AST:
        value = getattr(self.parent, self.field)
        return value if self.index is None else value[self.index]

    @node.setter
    def node(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


@dataclass(frozen=True)
class Around:
    """What surrounds a spot: the function or class, the statement, and when it runs."""

    place: str
    lines: range
    statement: Spot | None = None
    on_import: bool = True
    in_message: bool = False

    def entering(self, spot: Spot) -> "Around":
        """Return what surrounds the parts of the node at a spot."""
        node = spot.node
        if not isinstance(node, ast.stmt | ast.ExceptHandler):
            return self
        inner = replace(self, statement=spot)
        if isinstance(spot.parent, ast.FunctionDef) and spot.field == "body":
            inner = replace(inner, on_import=False)
        if isinstance(node, DEFINITIONS):
            place = f"{self.place}.{node.name}"
            lines = range(node.body[0].lineno, node.end_lineno + 1)
            return replace(inner, place=place, lines=lines, in_message=node.name == "__repr__")
        if not inner.on_import:
            inner = replace(inner, lines=_lines_of_header(node))
        return replace(inner, in_message=self.in_message or isinstance(node, ast.Raise))


def mutants_of(module: str, source: str) -> list[Mutant]:
    """Return the mutants of a module, in the order of its lines and each once."""
    tree = ast.parse(source)
    whole = Around(module, range(1, len(source.splitlines()) + 1))
    seen, alike, mutants = {ast.unparse(tree)}, Counter(), []
    for spot, around in list(_spots(tree, whole)):
        original, was = spot.node, _header(around.statement.node)
        for other in replacements(original):
            spot.node = other
            text, now = ast.unparse(tree), _header(around.statement.node)
            if text not in seen:
                seen.add(text)
                alike[around.place, was, now] += 1
                nth = alike[around.place, was, now]
                what = (around.place, was, now, nth, around.lines, around.on_import, text)
                mutants.append(Mutant(*what))
        spot.node = original
    return mutants


def _spots(parent: ast.AST, around: Around) -> Iterator[tuple[Spot, Around]]:
    """Yield every spot below a node at which a mistake may be made."""
    for field, value in ast.iter_fields(parent):
        if field in HINTS:
            continue
        for index, node in enumerate(value if isinstance(value, list) else [value]):
            spot = Spot(parent, field, index if isinstance(value, list) else None)
            if isinstance(node, ast.AST) and not _left_out(node, spot, around):
                inner = around.entering(spot)
                yield spot, inner
                yield from _spots(node, inner)


def _left_out(node: ast.AST, spot: Spot, around: Around) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.If(test=ast.Name("TYPE_CHECKING")):
            return True
        case ast.Expr(ast.Constant(str())):
            return True
        case ast.Constant(str()):
            return around.in_message or isinstance(spot.parent, ast.JoinedStr)
        case ast.Assign(targets=[ast.Name(name)]):
            return isinstance(spot.parent, ast.Module) and bool(UNUSED.fullmatch(name))
    return False


def _lines_of_header(node: ast.AST) -> range:
    """Return the lines of a statement, of a compound one those before its body."""
    body = getattr(node, "body", None)
    end = body[0].lineno - 1 if body else node.end_lineno
    return range(node.lineno, max(end, node.lineno) + 1)


def _header(node: ast.AST) -> str:
    """Return a statement in one line, of a compound one what stands before its body."""
    lines = ast.unparse(node).splitlines()
    decorators = len(getattr(node, "decorator_list", []))
    return " ".join(lines[: decorators + 1]) if hasattr(node, "body") else "\n".join(lines)
