"""The mutants of a source: every kind, nothing that is left out, and names that last."""

import ast

import pytest

from tests.mutation.mutants import mutants_of

EXPRESSIONS = {
    "a < b": ["a <= b", "a >= b"],
    "a == b": ["a != b"],
    "a is not b": ["a is b"],
    "a < b in c": ["a <= b in c", "a >= b in c", "a < b not in c"],
    "a + b": ["a - b"],
    "a @ b": ["a * b"],
    "a and b": ["a or b", "b", "a"],
    "a or b or c": ["a and b and c", "b or c", "a or c", "a or b"],
    "a if b else c": ["a if not b else c"],
    "a if b < c else d": ["a if b <= c else d", "a if b >= c else d"],
    "[a for a in b if c]": ["[a for a in b]"],
    "not a": ["a"],
    "-a": ["a"],
    "3": ["4", "2"],
    "0.5": ["1.0", "0.25"],
    "0.0": ["1.0"],
    "True": ["False"],
    "None": [],
    "'a'": ["''"],
    "''": ["'?'"],
    "a[b:c]": ["a[:c]", "a[b:]"],
    "a[:]": ["a[1:]", "a[:-1]"],
    "f(a, b, c=d)": ["f(a, b)", "f(b, a, c=d)", "a"],
    "np.multiply(a, b)": ["a"],
    "a.copy()": ["a"],
    "a.min()": ["a", "a.max()"],
    "np.zeros(a)": ["a", "np.ones(a)"],
}
STATEMENTS = {
    "a = b": ["pass"],
    "a: int = b": ["pass"],
    "a: int": [],
    "a -= b": ["a += b", "a = a - b", "a = b", "pass"],
    "a += 1": ["a -= 1", "a = 1", "pass", "a += 2", "a += 0"],
    "a.append(b)": ["pass", "b"],
    "return a": ["return None"],
    "return": [],
    "raise a": ["pass"],
    "while a: break": ["while not a:", "pass", "continue"],
    "for a in b: continue": ["for a in ():", "pass", "break"],
    "with a: return": ["if True:"],
    "with a as b: return": [],
    "try: return\nexcept a: return": ["except ():"],
    "@a\ndef f(): return": ["def f():"],
}
LEFT_OUT = '''"""Text."""
import a
from b import c
__all__ = ["d"]
Short = a | c
if TYPE_CHECKING:
    d = 1

def f(x: "a" = None) -> "b":
    """Text."""
    raise a(f"text {x:.2f}" "text")

class C:
    """Text."""
    def __repr__(self):
        return "text"
'''
TWICE = """
def f(x):
    if x == 0:
        x = 1
    if x == 0:
        x = 1
"""


def made_of(statement):
    body = "".join(f"    {line}\n" for line in statement.split("\n"))
    return [mutant.now for mutant in mutants_of("m", f"def f():\n{body}")]


@pytest.mark.parametrize(("expression", "others"), EXPRESSIONS.items(), ids=EXPRESSIONS)
def test_what_an_expression_becomes(expression, others):
    assert made_of(f"assert {expression}") == [f"assert {other}" for other in others]


@pytest.mark.parametrize(("statement", "others"), STATEMENTS.items(), ids=STATEMENTS)
def test_what_a_statement_becomes(statement, others):
    assert made_of(statement) == others


def test_what_no_run_depends_on_is_left_out():
    changes = {(mutant.was, mutant.now) for mutant in mutants_of("m", LEFT_OUT)}
    error = "raise a(f'text {x:.2f}text')"
    assert changes == {
        (error, "pass"),
        (error, "raise f'text {x:.2f}text'"),
        ("return 'text'", "return None"),
    }


def test_every_mutant_is_a_program_of_its_own():
    source = TWICE + "\n\n".join(EXPRESSIONS)
    sources = [mutant.source for mutant in mutants_of("m", source)]
    assert len({ast.dump(ast.parse(text)) for text in [source, *sources]}) == len(sources) + 1


def test_mutants_keep_their_names_when_the_module_grows():
    names = [mutant.key for mutant in mutants_of("m", TWICE)]
    grown = [mutant.key for mutant in mutants_of("m", f"y = x\n\n\nclass C:\n    z = x\n{TWICE}")]
    assert len(set(names)) == len(names)
    assert grown[-len(names) :] == names
    assert ("m.f", "if x == 0:", "if x != 0:", 2) in names


def test_mutant_knows_who_can_see_it():
    source = "a = 1\n\n\ndef f(b=2):\n    if b:\n        return 3\n"
    seen = {m.was: (m.lines, m.on_import) for m in mutants_of("m", source)}
    assert seen == {
        "a = 1": (range(1, 7), True),
        "def f(b=2):": (range(5, 7), True),
        "if b:": (range(5, 6), False),
        "return 3": (range(6, 7), False),
    }
