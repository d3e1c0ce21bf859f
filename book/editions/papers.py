"""The papers that the book is printed on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Paper:
    """A size of pages, and the type that suits it."""

    name: str
    size: str
    margin: str  # top, sides, foot
    text_size: str
    code_size: str
    picture_height: str  # at most
    line_of_code: int  # characters that fit on it
    two_sided: bool


A4 = Paper("a4", "210mm 297mm", "24mm 20mm 20mm", "10.5pt", "7.6pt", "68mm", 103, two_sided=True)
TABLET = Paper("tablet", "6in 8in", "14mm 9mm 10mm", "10.5pt", "7.3pt", "60mm", 83, two_sided=False)
PAPERS = (A4, TABLET)
