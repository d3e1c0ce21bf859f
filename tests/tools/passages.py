"""Read a page as passages: a paragraph, list, table, formula or figure with the comments under it.

A claim binds words of the passage to code that must be true at that place:

    The error falls with every step, from 0.76 to 0.31.

    % claim "falls with every step": all(np.diff(errors) < 0)

The role `{num}` binds a number, as in {num}`0.76 = errors[0]`, and a comment exempts those that
come from elsewhere:

    % number 1943, 1958: the years of the papers
"""

import re
from dataclasses import dataclass
from functools import cached_property

COMMENT = re.compile(r"\s*(claim|number)\b\s*(.*)")
CLAIM = re.compile(r'"(?P<words>[^"]+)"\s*:\s*(?P<expression>\S.*)')
EXEMPT = re.compile(r"[(\[][^)\]]*[)\]]|[^\s,][^,]*")  # a shape such as (4, 3), or a number
HOW_TO_CLAIM = 'a claim is written as % claim "words of the passage above": expression'


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
        """What a claim can quote, in one line; each span ends in a space of its own."""
        return "".join(span.text.replace("\n", " ") + " " for span in self.spans)

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
        """Return the comments of a kind with their lines."""
        return [
            (match[2], line)
            for comment in self.comments
            for line, text in enumerate(comment.text.splitlines(), start=comment.line)
            if (match := COMMENT.fullmatch(text)) and match[1] == kind
        ]

    @property
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
        if block.kind == "line_comment" and passages:
            passages[-1].comments.append(block)
        elif passages and continues(passages[-1], block):
            passages[-1].blocks.append(block)
        elif block.kind != "line_comment":
            passages.append(Passage([block], []))
    return passages


def continues(passage, block):
    """Say whether a block of prose stands right under another one, as in a list or table."""
    is_prose = passage.kind == block.kind == "prose"
    return is_prose and not passage.comments and block.line <= passage.end + 1
