"""Find the source of parts of a package by their names, without importing it."""

import ast
import copy
import difflib
import functools
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

LONG_SIGNATURE = 4
MOST_COLUMNS = 88
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DOCUMENTED = (*FUNCTIONS, ast.ClassDef)


class UnknownNameError(Exception):
    """The package has no part of that name."""


@dataclass
class Part:
    """A function, class, method or constant; a property with its setter is one part."""

    name: str
    module: str
    path: Path
    lines: list[str]
    nodes: list[ast.stmt] = field(default_factory=list)

    @property
    def is_class(self):
        return isinstance(self.nodes[0], ast.ClassDef)

    @property
    def is_constant(self):
        return not isinstance(self.nodes[0], DOCUMENTED)

    @property
    def extent(self):
        """The first and the last line of the part in its file."""
        return first_line(self.nodes[0], self.lines), self.nodes[-1].end_lineno


def find(name, root):
    """Return the part called `name` of a package that lies in `root`."""
    parts = parts_of(name.partition(".")[0], root)
    if name in parts:
        return parts[name]
    close = difflib.get_close_matches(name, parts, n=3, cutoff=0.5)
    hint = f"; did you mean {' or '.join(close)}?" if close else ""
    raise UnknownNameError(f"no function, class, method or constant is called {name}{hint}")


def parts_of(package, root):
    """Return all parts of a package by name, in the order of its files."""
    parts = {}
    for path in sorted((root / package).rglob("*.py")):
        module = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        lines, definitions = read(path, module, path.stat().st_mtime_ns)
        for name, node in definitions:
            parts.setdefault(name, Part(name, module, path, lines)).nodes.append(node)
    return parts


@functools.cache
def read(path, module, _changed):
    """Return the lines of a file and what it defines; a file that changed is read again."""
    text = path.read_text(encoding="utf-8")
    return text.splitlines(), list(definitions_in(ast.parse(text), module))


def names_shown(part, outline):
    """Return the names whose source a listing shows: of a class, unless in outline, all methods."""
    if outline or not part.is_class:
        return [part.name]
    (node,) = part.nodes
    return list(dict.fromkeys([part.name, *(name for name, _ in definitions_in(node, part.name))]))


def definitions_in(scope, prefix):
    """Yield what the body of a module or a class defines, by name."""
    for node in scope.body:
        for name in names_bound_by(node, scope):
            yield f"{prefix}.{name}", node
        if isinstance(node, ast.ClassDef):
            yield from definitions_in(node, f"{prefix}.{node.name}")


def names_bound_by(node, scope):
    if isinstance(node, DOCUMENTED):
        return [node.name]
    if not isinstance(scope, ast.Module):
        return []
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [
        name.id
        for target in targets
        if target
        for name in ast.walk(target)
        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
    ]


def code_of(part):
    """Return the numbered lines of a part without its docstrings."""
    hidden = {
        line
        for node in part.nodes
        for inner in ast.walk(node)
        for line in docstring_lines(inner, part.lines)
    }
    lines = numbered(part, [line for line in all_lines(part) if line not in hidden])
    return with_short_signature(part, lines)


def with_short_signature(part, lines):
    """Replace a signature of many lines by what the function takes, without type hints."""
    function = part.nodes[0]
    if not isinstance(function, FUNCTIONS) or function.body[0].lineno == function.lineno:
        return lines
    last = max(line for line in range(function.lineno, function.body[0].lineno))
    while not part.lines[last - 1].rstrip().endswith(":"):
        last -= 1
    if last - function.lineno < LONG_SIGNATURE:
        return lines
    kept = [(number, text) for number, text in lines if not function.lineno <= number <= last]
    at = sum(number < function.lineno for number, _ in kept)
    return [*kept[:at], *signature(function), *kept[at:]]


def outline_of(part):
    """Return the numbered lines of a class, each method as no more than the names it takes."""
    (node,) = part.nodes
    lines = numbered(part, range(first_line(node, part.lines), node.body[0].lineno))
    for member in node.body:
        if isinstance(member, FUNCTIONS):
            decorators = range(first_line(member, part.lines), member.lineno)
            lines += [*numbered(part, decorators), *signature(member, indent="    ", body=" ...")]
        elif not is_docstring(member):
            lines += numbered(part, range(member.lineno, member.end_lineno + 1))
    return [(number, text) for number, text in lines if text.strip()]


def signature(function, indent="", body=""):
    """Return what a function takes, without type hints, in lines with the number of its own."""
    names = copy.deepcopy(function.args)
    for name in ast.walk(names):
        if isinstance(name, ast.arg):
            name.annotation = None
    text = f"def {function.name}({ast.unparse(names)}):{body}"
    inner = f"{indent}        "
    lines = textwrap.wrap(text, MOST_COLUMNS, initial_indent=indent, subsequent_indent=inner)
    return [(function.lineno, line) for line in lines]


def all_lines(part):
    """Return the line numbers of a part, of all its definitions."""
    lines = []
    for node in part.nodes:
        lines += range(first_line(node, part.lines), node.end_lineno + 1)
    return lines


def first_line(node, lines):
    """Return where a part starts: at the comment right above it, its decorators or itself."""
    start = min([node.lineno, *(item.lineno for item in getattr(node, "decorator_list", []))])
    while start > 1 and lines[start - 2].startswith(" " * node.col_offset + "#"):
        start -= 1
    return start


def docstring_lines(node, lines):
    """Return the lines of a docstring and the blank one after it; none if there is nothing else."""
    if not isinstance(node, DOCUMENTED) or len(node.body) < 2 or not is_docstring(node.body[0]):
        return []
    last = node.body[0].end_lineno
    if not lines[last].strip():
        last += 1
    return range(node.body[0].lineno, last + 1)


def is_docstring(node):
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def numbered(part, numbers):
    indent = part.nodes[0].col_offset
    return [(number, part.lines[number - 1][indent:]) for number in numbers]
