"""Run the cells of a page as its kernel would, in one namespace, and keep what each one shows.

What counts as shown is text: standard output, the value of a last expression, the message of an
error.  An image or a piece of HTML has no text that could be recorded; other tests look at those.
"""

import ast
import contextlib
import io
import linecache
import sys
import tokenize
import traceback
import types
from dataclasses import dataclass, field

from IPython.core.formatters import DisplayFormatter

SILENT_ENDS = {tokenize.ENDMARKER, tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT}


@dataclass
class Result:
    """What a cell showed as text and drew, its last value, and the error that stopped it."""

    text: str
    figures: list = field(default_factory=list)
    value: object = None
    error: Exception | None = None

    @property
    def draws(self):
        return bool(self.figures)


class Kernel:
    """One namespace, the module `__main__` of a page."""

    def __init__(self, path):
        self.path = str(path)
        self.module = types.ModuleType("__main__")

    def run(self, source, line=1):
        """Run one cell whose first line stands on `line` of the page."""
        printed = io.StringIO()
        figures, value, error = [], None, None
        try:
            with contextlib.redirect_stdout(printed), self.as_main():
                value = self.execute("\n" * (line - 1) + source)
                if value is not None and not ends_in_semicolon(source):
                    print(text_of(value), end="")
                figures = draw_figures()
        except Exception as raised:
            error = raised
            print(message_of(error), file=printed)
        finally:
            close_figures()
        return Result(printed.getvalue(), figures, value, error)

    @contextlib.contextmanager
    def as_main(self):
        """Let classes that a cell defines find their module, as dataclasses and pickle need."""
        before = sys.modules["__main__"]
        sys.modules["__main__"] = self.module
        try:
            yield
        finally:
            sys.modules["__main__"] = before

    def execute(self, source):
        """Run the statements and return the value of the last one if it is an expression."""
        tree = ast.parse(source, self.path)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, self.path, "exec"), self.module.__dict__)
        if last is None:
            return None
        return eval(compile(ast.Expression(last.value), self.path, "eval"), self.module.__dict__)

    def traceback(self, error):
        """Format the frames of `error` from the cell on."""
        linecache.checkcache(self.path)
        frames = error.__traceback__
        while frames and frames.tb_frame.f_code.co_filename != self.path:
            frames = frames.tb_next
        return "".join(traceback.format_exception(type(error), error, frames)).rstrip()


def ends_in_semicolon(source):
    """Say whether the author silenced the last expression."""
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    return [token.string for token in tokens if token.type not in SILENT_ENDS][-1:] == [";"]


def text_of(value):
    """Return a value as the kernel prints it: nothing where it would show something richer."""
    if "matplotlib.figure" in sys.modules and isinstance(value, figure_class()):
        return ""
    shapes, _ = DisplayFormatter().format(value)
    return shapes["text/plain"] + "\n" if set(shapes) == {"text/plain"} else ""


def message_of(error):
    """Return an error as the kernel's Minimal mode prints it."""
    message = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return "\n".join([message, *getattr(error, "__notes__", [])])


def figure_class():
    return sys.modules["matplotlib.figure"].Figure


def draw_figures():
    """Draw what the kernel would show, so that faults come to light; return these figures."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    figures = [pyplot.figure(number) for number in pyplot.get_fignums()] if pyplot else []
    for figure in figures:
        figure.canvas.draw()
    return figures


def close_figures():
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot:
        pyplot.close("all")
