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
    picture_height: str  # at most,
    picture_scale: float  # but a drawing is made no smaller than this
    line_of_code: int  # characters that fit on it everywhere, in a box and behind a number, too
    two_sided: bool

    @property
    def file(self):
        """The name of the PDF."""
        return f"neural-networks-{self.name}.pdf"


A4 = Paper(
    "a4",
    size="210mm 297mm",
    margin="24mm 20mm 20mm",
    text_size="10.5pt",
    code_size="7.6pt",
    picture_height="68mm",
    picture_scale=0.62,
    line_of_code=98,
    two_sided=True,
)
TABLET = Paper(
    "tablet",
    size="6in 8in",
    margin="14mm 9mm 10mm",
    text_size="10.5pt",
    code_size="7.3pt",
    picture_height="60mm",
    picture_scale=0.54,
    line_of_code=80,
    two_sided=False,
)
PAPERS = (A4, TABLET)
