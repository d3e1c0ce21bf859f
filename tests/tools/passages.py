"""Read a page as passages: a paragraph, list, table, formula or figure with the comment under it.

A claim binds words of the passage to code that must be true at that place:

    The error falls with every step, from 0.76 to 0.31.
    <!-- claim "falls with every step": all(np.diff(errors) < 0) -->

The role `{num}` binds a number, as in {num}`0.76 = errors[0]`, and a comment exempts those that
come from elsewhere.  A comment may hold several such remarks, each on a line of its own; lines that
are indented continue the one above:

    <!--
    number 1943, 1958: the years of the papers
    claim "the first of them":
        1943 < 1958
    -->
"""

import re
from dataclasses import dataclass
from functools import cached_property

REMARK = re.compile(r"^(claim|number)\b[ \t]*(.*(?:\n[ \t]+.*)*)", re.MULTILINE)
CLAIM = re.compile(r'"(?P<words>.+?)"\s*:\s*(?P<expression>\S.*)')
EXEMPT = re.compile(r"[(\[][^)\]]*[)\]]|[^\s,][^,]*")  # a shape such as (4, 3), or a number
HOW_TO_CLAIM = 'a claim is written as claim "words of the passage above": expression'


@dataclass
class Claim:
    """Words that are true, or a number that is right, if the expression says so."""

    words: str
    expression: str
    line: int
    is_number: bool = False


@dataclass
class Exemption:
    """Numbers that come from elsewhere, and from where."""

    numbers: list[str]
    reason: str
    line: int


@dataclass
class Passage:
    """Blocks without a gap between them, and the comments under them."""

    blocks: list
    comments: list

    @property
    def kind(self):
        return self.blocks[0].kind

    @property
    def line(self):
        return self.blocks[0].line

    @property
    def end(self):
        return (self.comments or self.blocks)[-1].end

    @cached_property
    def spans(self):
        return [span for block in self.blocks for span in block.spans]

    @cached_property
    def text(self):
        """What a claim can quote, in one line; each block ends in a space of its own."""
        texts = ["".join(span.text for span in block.spans) for block in self.blocks]
        return " ".join(texts).replace("\n", " ")

    def spans_in_text(self):
        """Yield the spans with the places where they start in the text."""
        place = 0
        for block in self.blocks:
            for span in block.spans:
                yield place, span
                place += len(span.text)
            place += 1

    @cached_property
    def claims(self):
        numbers = [span for span in self.spans if span.kind == "number"]
        bound = [Claim(span.text, span.names, span.line, is_number=True) for span in numbers]
        matches = [(CLAIM.fullmatch(text), line) for text, line in self.remarks("claim")]
        return bound + [Claim(*match.groups(), line) for match, line in matches if match]

    @cached_property
    def exemptions(self):
        return [
            Exemption([each.strip() for each in EXEMPT.findall(numbers)], reason.strip(), line)
            for text, line in self.remarks("number")
            for numbers, _, reason in [text.partition(":")]
        ]

    def remarks(self, kind):
        """Return the remarks of a kind with their lines."""
        return [
            (" ".join(match[2].split()), comment.line + comment.text.count("\n", 0, match.start()))
            for comment in self.comments
            for match in REMARK.finditer(comment.text)
            if match[1] == kind
        ]

    @cached_property
    def quoted(self):
        """The ranges of the text that claims quote."""
        words = [claim.words for claim in self.claims if not claim.is_number]
        starts = [(self.text.find(quotation), len(quotation)) for quotation in words]
        return [(start, start + length) for start, length in starts if start >= 0]

    def faults(self):
        """Yield what is wrong with the claims, with its line."""
        for text, line in self.remarks("claim"):
            match = CLAIM.fullmatch(text)
            times = self.text.count(match["words"]) if match else 1
            if not match:
                yield line, HOW_TO_CLAIM
            elif not times:
                yield line, f'the passage above does not say "{match["words"]}"'
            elif times > 1:
                yield line, f'the passage above says "{match["words"]}" {times} times; quote more'


def passages_of(blocks):
    """Return the passages that blocks form, such as those of a section."""
    passages = []
    for block in blocks:
        if block.kind == "comment" and passages:
            passages[-1].comments.append(block)
        elif passages and continues(passages[-1], block):
            passages[-1].blocks.append(block)
        elif block.kind != "comment":
            passages.append(Passage([block], []))
    return passages


def continues(passage, block):
    """Say whether a block of prose stands right under another one, as in a list or table."""
    is_prose = passage.kind == block.kind == "prose"
    return is_prose and not passage.comments and block.line <= passage.end + 1
