"""What is shown in a figure, and the places at which a sentence states it."""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from numbers import Real

from tests.tools.number_words import UNITS, written_numbers

# Between a noun and its numbers: a few words, no comma and no stop.
NEAR = re.compile(r"(?:[ (-]+(?!at )[\w’'-]+){0,4}[ (]*")
# Between a noun and a single number behind it.
IS = re.compile(r" (?:(?:is|are|of|at|near|around|=) )?(?:about |nearly )?")
LISTED = re.compile(r"[\s,()]*(?:and|to|by|or|,|)[\s,()]*(?:near |nearly |about )?")
MATHS = {r"\hat{y}": "ŷ", r"\sigma": "σ", r"\Sigma": "Σ", r"\cdot": "·"}
ON_THE_LINE = str.maketrans("₀₁₂₃₄₅₆₇₈₉−", "0123456789-")


@dataclass
class Shown:
    """What is to be said of a figure (`facts`), and what else may be said of it.

    `optional` holds more facts, `values` numbers by the label of their curve ("" for those of
    the figure as a whole), `pairs` the ends of curves, `texts` what is written in the figure.
    """

    facts: dict
    optional: list = field(default_factory=list)
    values: dict = field(default_factory=dict)
    pairs: list = field(default_factory=list)
    texts: tuple = ()

    @property
    def all_facts(self):
        return [*self.facts.items(), *self.optional]

    def places_of(self, noun, fact, text):
        """Return the places, each a start and an end, at which a text states a fact."""
        if isinstance(fact, bool):
            return [match.span() for match in phrase(noun).finditer(text)] if fact else []
        if isinstance(fact, Real):
            return places_of_number(noun, fact, text) or places_without_number(noun, fact, text)
        if isinstance(fact, str):
            others = {
                other
                for other, label in self.facts.items()
                if isinstance(label, str) and not {other, label} & {noun, fact}
            }
            return places_in_one_sentence(noun, fact, others, text)
        if all(isinstance(entry, str) for entry in fact):
            return places_in_order(fact, text)
        return places_of_numbers(noun, list(fact), text)


def phrase(words):
    """Return a pattern of some words, of which the last may be one or many."""
    words = plain(words)
    escaped = r"\s+".join(re.escape(word) for word in words.removesuffix("s").split())
    start = r"(?<!\w)" if words[0].isalnum() else ""
    end = r"s?(?!\w)" if words[-1].isalnum() else ""
    return re.compile(start + escaped + end, re.IGNORECASE)


def places_of_number(noun, value, text):
    """Find a number before its noun, or right behind it."""
    return [
        (min(number.start, place[0]), max(number.end, place[1]))
        for number, place in numbers_near(noun, text)
        if number.rounds(value)
    ]


def numbers_near(noun, text):
    """Return each number that belongs to a noun, with the place of the noun."""
    numbers = written_numbers(text)
    found = []
    for match in phrase(noun).finditer(text):
        before = [number for number in numbers if number.end <= match.start()][-1:]
        behind = [number for number in numbers if number.start >= match.end()][:1]
        if before and NEAR.fullmatch(text[before[0].end : match.start()]):
            found.append((before[0], match.span()))
        if behind and IS.fullmatch(text[match.end() : behind[0].start]):
            found.append((behind[0], match.span()))
    return found


def places_without_number(noun, value, text):
    """Find a single thing, or none, of which sentences need no number."""
    article = {0: "(?:no|none of the)", 1: "(?:an?|the)"}.get(value)
    if article is None or not isinstance(value, int):
        return []
    pattern = re.compile(rf"\b{article}(?: [^\W\d]+){{0,2}} {phrase(noun).pattern}", re.IGNORECASE)
    return [match.span() for match in pattern.finditer(text) if not numbers_near(noun, match[0])]


def places_of_numbers(noun, values, text):
    """Find numbers in a row, near their noun, before or behind it."""
    places = []
    for match in phrase(noun).finditer(text):
        numbers = [
            n for n in written_numbers(text) if n.end <= match.start() or n.start >= match.end()
        ]
        for first in range(len(numbers) - len(values) + 1):
            row = numbers[first : first + len(values)]
            start, end = row[0].start, row[-1].end
            before = end <= match.start()
            gap = text[end : match.start()] if before else text[match.end() : start]
            if NEAR.fullmatch(gap) and not written_numbers(gap) and is_row(row, values, text):
                places.append((min(start, match.start()), max(end, match.end())))
    return places


def is_row(numbers, values, text):
    """Say whether these numbers of a text are listed and are the values."""
    return all(map(lambda number, value: number.rounds(value), numbers, values)) and all(
        LISTED.fullmatch(text[one.end : two.start]) for one, two in pairwise(numbers)
    )


def places_in_one_sentence(noun, label, others, text):
    """Find a noun and its label, in either order, with no other noun of a label between."""
    barred = "|".join([*(phrase(other).pattern for other in others), "[.;]"])
    between = rf"(?:(?!{barred}).)*?"
    first, second = phrase(noun).pattern, phrase(label).pattern
    both = rf"{first}{between}{second}|{second}{between}{first}"
    return [match.span() for match in re.finditer(both, text, re.IGNORECASE)]


def places_in_order(labels, text):
    places, position = [], 0
    for label in filter(None, map(in_words, labels)):
        match = phrase(label).search(text, position)
        if not match:
            return []
        places.append(match.span())
        position = match.end()
    return places


def plain(label):
    """Return a label as a sentence would write it: no formulas' commands, indices on the line."""
    label = re.sub(r"\$(.*?)\$", lambda formula: letters_of(formula[1]), label)
    return " ".join(label.translate(ON_THE_LINE).split())


def letters_of(formula):
    for command, letter in MATHS.items():
        formula = formula.replace(command, letter)
    return re.sub(r"\\(?:[a-z]+|,)|[{}_^]", "", formula)


def in_words(label):
    """Return the part of a label that is no formula and no unit."""
    return plain(re.sub(r"\$.*?\$|\(.*?\)", "", label)).strip(" :,")


def spelled(noun, fact):
    """Return how a sentence may state a fact."""
    if isinstance(fact, bool):
        return repr(noun) if fact else f"nothing of {noun!r}"
    if isinstance(fact, Real):
        return f"'{number_text(fact)} {noun}'"
    if isinstance(fact, str):
        return f"{noun!r} and {fact!r} in one sentence"
    if all(isinstance(entry, str) for entry in fact):
        return f"the {noun}, in this order: {', '.join(map(repr, map(plain, fact)))}"
    return f"'{noun} … {', '.join(f'{value:.4g}' for value in fact)}'"


def number_text(value):
    is_count = isinstance(value, int) and 0 < value < len(UNITS)
    return UNITS[value] if is_count else f"{value:.4g}"
