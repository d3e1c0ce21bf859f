"""What a page's code asks of its reader beyond functions, lists, loops and a class.

    python -m tests.tools.python_names

prints the names of Python and NumPy in the order in which the chapters first use them.
"""

import ast
import re

from tests.tools.chapters import chapters_of_first_parts

BUILTINS = {"enumerate", "isinstance", "map", "reversed", "set", "sorted", "zip"}
METHODS = {
    "all", "any", "argmax", "argmin", "argsort", "astype", "copy", "flat", "item", "max", "mean",
    "min", "ndim", "ravel", "reshape", "shape", "size", "std", "sum", "T", "tolist",
}  # fmt: skip
FUNCTION = re.compile(r"np\.(?!random$|linalg$)(random\.|linalg\.)?\w+")
SYNTAX = {
    ast.DictComp: "{key: value for …}",
    ast.GeneratorExp: "… for … in …",
    ast.IfExp: "… if … else …",
    ast.Lambda: "lambda",
    ast.ListComp: "[… for … in …]",
    ast.MatMult: "@",
    ast.NamedExpr: ":=",
    ast.Pow: "**",
    ast.SetComp: "{… for … in …}",
    ast.Starred: "*",
    ast.Try: "try",
    ast.With: "with",
}


def names_in(code):
    """Return the names that a reader must have been told, in the order of the code."""
    found = [name for node in in_order(ast.parse(code)) for name in names_of(node)]
    return list(dict.fromkeys(found))


def in_order(node):
    yield node
    for child in ast.iter_child_nodes(node):
        yield from in_order(child)


def names_of(node):
    if type(node) in SYNTAX:
        yield SYNTAX[type(node)]
    elif isinstance(node, ast.Attribute):
        yield from names_of_attribute(node)
    elif isinstance(node, ast.Name) and node.id in BUILTINS:
        yield node.id
    elif isinstance(node, ast.Subscript):
        yield from kinds_of_index(node.slice)
    elif isinstance(node, ast.FormattedValue) and node.format_spec:
        yield 'f"{x:.2f}"'


def names_of_attribute(node):
    """Yield a function of NumPy by its whole name, a method by its own with what has it."""
    whole = ast.unparse(node)
    if FUNCTION.fullmatch(whole):
        yield whole
    elif whole.startswith(("rng.", "np.random.default_rng(")):
        yield f"rng.{node.attr}"
    elif node.attr in METHODS and not whole.startswith("self."):
        yield f".{node.attr}"


def kinds_of_index(index):
    parts = index.elts if isinstance(index, ast.Tuple) else [index]
    if any(isinstance(part, ast.Constant) and part.value is None for part in parts):
        yield "[:, None]"
    elif len(parts) > 1:
        yield "[i, j]"
    if any(isinstance(part, ast.Slice) for part in parts):
        yield "[i:j]"
    if any(isinstance(part, ast.Compare) for part in parts):
        yield "[x > 0]"


def first_uses(pages):
    """Return for each name the page and the section's number where a reader first meets it."""
    places = {}
    for page in pages:
        for number, section in enumerate(page.sections):
            for cell in section:
                if cell.kind == "code-cell" and not cell.is_folded:
                    for name in names_in(cell.text):
                        places.setdefault(name, (page, number))
    return places


def main():
    for name, (page, number) in first_uses(chapters_of_first_parts()).items():
        print(f"{name:30} {page.name}:{page.sections[number][0].line}")


if __name__ == "__main__":
    main()
