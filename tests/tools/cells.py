"""Run the cells of a page as its kernel would, in one namespace, and keep what each one shows.

What counts as shown is text: standard output, what is displayed, the value of a last expression,
the message of an error.  An image has no text that could be recorded; other tests look at those.
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
from unittest import mock

import IPython.display
from IPython.core.formatters import DisplayFormatter

from book.extensions.shown import is_image, text_of_data, whole_lines

SILENT_ENDS = {tokenize.ENDMARKER, tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT}


@dataclass
class Result:
    """What a cell showed as text and drew, its last value, and the error that stopped it."""

    text: str
    draws: bool = False
    figures: list = field(default_factory=list)
    value: object = None
    error: Exception | None = None


class Screen(io.StringIO):
    """What a cell prints and displays; what is displayed starts on a line of its own."""

    draws = False

    def display(self, *values):
        for value in values:
            data = mime_bundle(value)
            self.draws |= is_image(data)
            self.show(text_of_data(data))

    def show(self, text):
        before = self.getvalue()
        self.write(whole_lines(before)[len(before) :] + whole_lines(text))


class Kernel:
    """One namespace, the module `__main__` of a page."""

    def __init__(self, path):
        self.path = str(path)
        self.module = types.ModuleType("__main__")

    def run(self, source, line=1):
        """Run one cell whose first line stands on `line` of the page."""
        screen, figures, value, error = Screen(), [], None, None
        shown = mock.patch.object(IPython.display, "display", screen.display)
        try:
            with contextlib.redirect_stdout(screen), shown, self.as_main():
                value = self.execute("\n" * (line - 1) + source)
                if value is not None and not ends_in_semicolon(source):
                    screen.display(value)
                figures = draw_figures()
        except Exception as raised:
            error = raised
            screen.show(message_of(error))
        finally:
            close_figures()
        draws = screen.draws or bool(figures)
        return Result(screen.getvalue(), draws, figures, value, error)

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


def mime_bundle(value):
    """Return a value in the forms that the kernel offers, by their MIME types."""
    if "matplotlib.figure" in sys.modules and isinstance(value, figure_class()):
        return {"image/svg+xml": ""}
    bundle, _ = DisplayFormatter().format(value)
    return bundle


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
