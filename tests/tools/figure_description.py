"""Hold the alt sentence and the caption of a figure against what is drawn.

The alt must state the facts.  A number in the alt or in the caption must be one of a fact, with
its noun, or one that a curve of the figure has; and a caption must speak of what is drawn.
"""

import re
from itertools import pairwise
from numbers import Real

from tests.tools.figure_facts import LISTED, ON_THE_LINE, numbers_near, phrase, plain, spelled
from tests.tools.number_words import written_numbers

FROM = re.compile(r"\b(?:from|between) (?:near |nearly |about )?$")
CLAUSE = re.compile(r"[^.;:]+(?:\.\d+[^.;:]*)*")
NO_SUBJECT = {
    *("a", "an", "the", "this", "that", "there", "it", "its", "one", "all", "each", "other"),
    *("as", "at", "by", "for", "from", "in", "of", "on", "to", "with", "and", "or", "are", "is"),
    *("what", "which", "picture", "show", "something"),
}


def faults_of_description(alt, caption, shown):
    """Yield what the alt sentence and the caption of a figure leave out or get wrong."""
    alt, caption = alt.translate(ON_THE_LINE), caption.translate(ON_THE_LINE)
    if not any(fact is not False for fact in shown.facts.values()):
        yield "nothing in the figure has a name that an alt can state: label its axes or curves"
    for noun, fact in shown.facts.items():
        if fact is not False and not shown.places_of(noun, fact, alt):
            yield f"the alt must say {spelled(noun, fact)}"
    for kind, text in (("alt", alt), ("caption", caption)):
        for noun, fact in shown.facts.items():
            if fact is False and phrase(noun).search(text):
                yield f"the {kind} says {noun!r}, which is not so in the figure"
        for number in foreign_numbers(text, shown):
            yield (
                f"the {kind} says {number.text!r}, which nothing in the figure confirms: "
                f"there is {listed(shown)}"
            )
    if caption and not words_of(caption) & words_of(" ".join([alt, *shown.texts])):
        yield "the caption has no word of the alt or of the figure"


def foreign_numbers(text, shown):
    """Return the numbers that are no fact with its noun, no text of the figure and no value."""
    sure = [place for noun, fact in shown.all_facts for place in shown.places_of(noun, fact, text)]
    sure += [match.span() for label in shown.texts for match in phrase(label).finditer(text)]
    numbers = written_numbers(text)
    in_pairs = numbers_in_pairs(numbers, text)
    return [
        number
        for number in numbers
        if not any(start <= number.start < end for start, end in sure)
        and is_foreign(number, in_pairs, text, shown)
    ]


def is_foreign(number, in_pairs, text, shown):
    """Say whether a number is none of the figure's, though no fact speaks of it."""
    if number.text.lower() == "one":
        return counts_wrongly(number, text, shown)
    if number in in_pairs:
        one, two = in_pairs[number]
        same = one.low == two.low
        return same or not any(one.rounds(a) and two.rounds(b) for a, b in shown.pairs)
    return belongs_to_noun(number, text, shown) or not any(
        number.rounds(value) for value in values_in(clause_of(number, text), shown)
    )


def numbers_in_pairs(numbers, text):
    """Return, for each number of a text such as `from 0 to 1`, the two of them."""
    pairs = {}
    for one, two in pairwise(numbers):
        if FROM.search(text[: one.start]) and LISTED.fullmatch(text[one.end : two.start]):
            pairs |= {one: (one, two), two: (one, two)}
    return pairs


def counted_nouns(shown):
    return {
        noun for noun, fact in shown.all_facts if type(fact) is not bool and isinstance(fact, Real)
    }


def belongs_to_noun(number, text, shown):
    """Say whether a number stands with a noun that has numbers of its own."""
    return any(
        number == near for noun in counted_nouns(shown) for near, _ in numbers_near(noun, text)
    )


def counts_wrongly(number, text, shown):
    """Say whether this `one` is the number of a noun in the plural, not a pronoun."""
    rest = text[number.end :]
    return any(
        (match := re.match(rf" (?:[^\W\d]+ )?{phrase(noun).pattern}", rest, re.IGNORECASE))
        and match[0].endswith("s")
        for noun in counted_nouns(shown)
    )


def clause_of(number, text):
    return next(m[0] for m in CLAUSE.finditer(text) if m.start() <= number.start < m.end())


def values_in(clause, shown):
    """Return the numbers of the curves that a clause names, or of all if it names none."""
    named = {label for label in shown.values if label and phrase(label).search(clause)}
    return [
        value
        for label, values in shown.values.items()
        if not named or not label or label in named
        for value in values
    ]


def listed(shown):
    facts = [spelled(noun, fact) for noun, fact in shown.all_facts]
    values = sorted({value for values in shown.values.values() for value in values})
    numbers = ", ".join(f"{value:.4g}" for value in values)
    return "; ".join([*facts, *([f"the numbers {numbers}"] if values else [])])


def words_of(text):
    words = re.findall(r"[^\W\d_]+", plain(text).lower())
    return {word.removesuffix("s") for word in words} - NO_SUBJECT
