"""Sybil on `>>>` examples, whose outputs are compared like those of the book's cells."""

import doctest

from sybil.evaluators.doctest import DocTestEvaluator
from sybil.parsers.abstract.doctest import DocTestStringParser
from sybil.parsers.markdown import PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

from book.extensions.comparison import same_text


class OutputChecker(doctest.OutputChecker):
    """Compares text as doctest does, and decimal numbers to the digits that are shown."""

    def check_output(self, want, got, optionflags):
        return same_text(want.replace("<BLANKLINE>", ""), got)


class ExampleEvaluator(DocTestEvaluator):
    """Runs an example and compares its output."""

    def __init__(self):
        self.runner = doctest.DocTestRunner(checker=OutputChecker(), verbose=False)


class DocstringParser(DocTestParser):
    """Finds the examples of a docstring."""

    def __init__(self):
        self.string_parser = DocTestStringParser(ExampleEvaluator())


class FenceParser(PythonCodeBlockParser):
    """Finds the examples and the plain code in the fences of one language."""

    def __init__(self, language):
        super().__init__()
        self.codeblock_parser.language = language
        self.doctest_parser = DocTestStringParser(ExampleEvaluator())
