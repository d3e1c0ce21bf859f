"""Run the cells of one page in one namespace, in the browser, and hand over what they show."""

import ast
import contextlib
import io
import sys
import traceback
import types

from book.extensions.comparison import same_text

CELL = "<cell>"

page = types.ModuleType("__main__")
sys.modules["__main__"] = page


class Stream(io.TextIOBase):
    """A stream that passes on what is written to it."""

    def __init__(self, send):
        self.send = send

    def writable(self):
        return True

    def write(self, text):
        self.send("text", text)
        return len(text)


def run(source, recorded, send):
    """Run a cell; `send(kind, content)` takes each piece of what it shows.

    Return the message of an error and its line, or None twice, and whether the text that was shown
    is the recorded one.
    """
    texts = []

    def show(kind, content):
        if kind == "text":
            texts.append(content)
        send(kind, content)

    message, line = None, None
    with contextlib.redirect_stdout(Stream(show)), contextlib.redirect_stderr(Stream(show)):
        try:
            execute(source, show)
        except BaseException as error:
            message, line = told(error), line_of(error)
            texts.append(message)
        finally:
            close_figures()
    return message, line, same_text(recorded, "".join(texts))


def execute(source, show):
    """Run the statements; show the value of a last expression, and the figures."""
    tree = ast.parse(source, CELL)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, CELL, "exec"), vars(page))
    if last is not None:
        value = eval(compile(ast.Expression(last.value), CELL, "eval"), vars(page))
        if value is not None and not source.rstrip().endswith(";"):
            show_value(value, show)
    for picture in pictures():
        show("svg", picture)


def show_value(value, show):
    """Show a value as the HTML that it has, or else as text."""
    html = getattr(value, "_repr_html_", lambda: None)()
    if html is not None:
        show("html", html)
    else:
        print(repr(value))


def pictures():
    """Yield every open figure as SVG, drawn as in the book."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    for number in pyplot.get_fignums() if pyplot else []:
        file = io.StringIO()
        pyplot.figure(number).savefig(file, format="svg", metadata={"Date": None})
        yield file.getvalue()[file.getvalue().index("<svg") :]


def close_figures():
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot:
        pyplot.close("all")


def told(error):
    """Return an error in the words that the book records: its type, its message, its notes."""
    name = type(error).__name__
    return "\n".join([f"{name}: {error}" if str(error) else name, *getattr(error, "__notes__", [])])


def line_of(error):
    """Return the line of the cell in which an error arose, None if it is in none."""
    if isinstance(error, SyntaxError) and error.filename == CELL:
        return error.lineno
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == CELL]
    return lines[-1] if lines else None
