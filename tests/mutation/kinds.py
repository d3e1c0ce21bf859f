"""The kinds of small mistakes that are planted in the package.

Each kind takes a node of a syntax tree and yields what may stand in its place.
"""

import ast
from collections.abc import Callable, Iterator
from copy import copy

COMPARISONS = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
PAIRS = [("min", "max"), ("any", "all"), ("zeros", "ones"), ("zeros_like", "ones_like")]
PARTNERS = dict(PAIRS) | {second: first for first, second in PAIRS}
SYMMETRIC = {"np.add", "np.multiply", "np.maximum", "np.minimum", "max", "min"}
REMOVABLE = (ast.Expr, ast.Assign, ast.AugAssign, ast.Raise, ast.Delete, ast.Break, ast.Continue)


def changed(node: ast.AST, **fields) -> ast.AST:
    """Return a copy of a node with some fields changed."""
    node = copy(node)
    for name, value in fields.items():
        setattr(node, name, value)
    return node


def without(items: list, index: int) -> list:
    return items[:index] + items[index + 1 :]


def comparisons(node: ast.AST) -> Iterator[ast.AST]:
    """`<` for `<=`, `in` for `not in`."""
    if isinstance(node, ast.Compare):
        for i, found in enumerate(node.ops):
            for other in COMPARISONS[type(found)]:
                yield changed(node, ops=[*node.ops[:i], other(), *node.ops[i + 1 :]])


def arithmetic(node: ast.AST) -> Iterator[ast.AST]:
    """`a - b` for `a + b`, `a += b` for `a -= b`."""
    if isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in ARITHMETIC:
        yield changed(node, op=ARITHMETIC[type(node.op)]())


def in_place(node: ast.AST) -> Iterator[ast.AST]:
    """A new object, or nothing but the new part, for a change in place."""
    if isinstance(node, ast.AugAssign):
        load = changed(node.target, ctx=ast.Load())
        values = [ast.BinOp(load, node.op, node.value), node.value]
        for value in values[isinstance(node.value, ast.Constant) :]:  # counters are no arrays
            yield ast.Assign([node.target], value, lineno=node.lineno)


def conditions(node: ast.AST) -> Iterator[ast.AST]:
    """`or` for `and`, one condition fewer, the opposite."""
    if isinstance(node, ast.BoolOp):
        yield changed(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        for i in range(len(node.values)):
            rest = without(node.values, i)
            yield changed(node, values=rest) if len(rest) > 1 else rest[0]
    if isinstance(node, ast.If | ast.IfExp | ast.While) and not isinstance(node.test, ast.Compare):
        yield changed(node, test=ast.UnaryOp(ast.Not(), node.test))
    if isinstance(node, ast.comprehension):
        yield from (changed(node, ifs=without(node.ifs, i)) for i in range(len(node.ifs)))


def signs(node: ast.AST) -> Iterator[ast.AST]:
    """`x` for `-x`, `not x` and `~x`."""
    if isinstance(node, ast.UnaryOp):
        yield node.operand


def constants(node: ast.AST) -> Iterator[ast.AST]:
    """A whole number one off, a fraction doubled and halved, the other truth, no text."""
    if isinstance(node, ast.Constant):
        match node.value:
            case bool(value):
                others = [not value]
            case int(value):
                others = [value + 1, value - 1]
            case float(value):
                others = [value * 2, value / 2] if value else [1.0]
            case str(value):
                others = ["" if value else "?"]
            case _:
                others = []
        yield from (ast.Constant(other) for other in others)


def slices(node: ast.AST) -> Iterator[ast.AST]:
    """A slice that begins or ends one off, or that has one bound fewer."""
    if isinstance(node, ast.Slice):
        yield from (changed(node, **{part: None}) for part in node._fields if getattr(node, part))
        if node.lower is None:
            yield changed(node, lower=ast.Constant(1))
        if node.upper is None:
            yield changed(node, upper=ast.Constant(-1))


def calls(node: ast.AST) -> Iterator[ast.AST]:
    """A keyword left out, neighbours swapped, the argument itself instead of what is made of it."""
    if isinstance(node, ast.Call):
        for i in range(len(node.keywords)):
            yield changed(node, keywords=without(node.keywords, i))
        args = node.args
        for i in range(len(args) - 1 if ast.unparse(node.func) not in SYMMETRIC else 0):
            yield changed(node, args=[*args[:i], args[i + 1], args[i], *args[i + 2 :]])
        if args and not isinstance(args[0], ast.Starred):
            yield args[0]
        elif isinstance(node.func, ast.Attribute):
            yield node.func.value


def partners(node: ast.AST) -> Iterator[ast.AST]:
    """`max` for `min`, `all` for `any`."""
    if isinstance(node, ast.Name) and node.id in PARTNERS:
        yield changed(node, id=PARTNERS[node.id])
    if isinstance(node, ast.Attribute) and node.attr in PARTNERS:
        yield changed(node, attr=PARTNERS[node.attr])


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """A statement left out, nothing returned, `break` for `continue`."""
    if isinstance(node, REMOVABLE) or (isinstance(node, ast.AnnAssign) and node.value):
        yield ast.Pass()
    if isinstance(node, ast.Return) and node.value:
        yield ast.Return(ast.Constant(None))
    if isinstance(node, ast.Break | ast.Continue):
        yield ast.Continue() if isinstance(node, ast.Break) else ast.Break()


def blocks(node: ast.AST) -> Iterator[ast.AST]:
    """A loop that never runs, a handler that catches nothing, a block without its context."""
    if isinstance(node, ast.For):
        yield changed(node, iter=ast.Tuple([], ast.Load()))
    if isinstance(node, ast.ExceptHandler):
        yield changed(node, type=ast.Tuple([], ast.Load()))
    if isinstance(node, ast.With) and not any(item.optional_vars for item in node.items):
        yield ast.If(ast.Constant(True), node.body, [])


def decorators(node: ast.AST) -> Iterator[ast.AST]:
    """A function or class without one of its decorators."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        for i in range(len(node.decorator_list)):
            yield changed(node, decorator_list=without(node.decorator_list, i))


KINDS: list[Callable[[ast.AST], Iterator[ast.AST]]] = [
    comparisons,
    arithmetic,
    in_place,
    conditions,
    signs,
    constants,
    slices,
    calls,
    partners,
    statements,
    blocks,
    decorators,
]


def replacements(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in the place of a node, of all kinds."""
    for kind in KINDS:
        yield from kind(node)
