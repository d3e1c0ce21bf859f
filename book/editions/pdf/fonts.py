"""The fonts of a print.

The site's fonts hold every weight in one file.  A PDF takes only a drawing of each letter from such
a file; from one of a single weight it takes the font itself.
"""

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from matplotlib import get_data_path

from book.editions.reading import ROOT

SITE_FONTS = ROOT / "book" / "static" / "fonts"
TEXT, ITALIC, HEADINGS = (
    SITE_FONTS / f"{name}.woff2"
    for name in (
        "source-sans-3-latin-wght-normal",
        "source-sans-3-latin-wght-italic",
        "source-serif-4-latin-wght-normal",
    )
)
OF_SITE = [
    ("Source Sans 3", "normal", 400, TEXT),
    ("Source Sans 3", "normal", 600, TEXT),
    ("Source Sans 3", "normal", 700, TEXT),
    ("Source Sans 3", "italic", 400, ITALIC),
    ("Source Sans 3", "italic", 600, ITALIC),
    ("Source Serif 4", "normal", 400, HEADINGS),
    ("Source Serif 4", "normal", 600, HEADINGS),
]
# These have the Greek letters and signs that the site's fonts lack, and are the same everywhere.
OF_MATPLOTLIB = [
    ("DejaVu Sans", "normal", 400, "DejaVuSans.ttf"),
    ("DejaVu Sans", "normal", 700, "DejaVuSans-Bold.ttf"),
    ("DejaVu Sans", "italic", 400, "DejaVuSans-Oblique.ttf"),
    ("DejaVu Sans Mono", "normal", 400, "DejaVuSansMono.ttf"),
    ("DejaVu Sans Mono", "normal", 700, "DejaVuSansMono-Bold.ttf"),
    ("DejaVu Sans Mono", "italic", 400, "DejaVuSansMono-Oblique.ttf"),
]


def write_fonts(folder):
    """Write the site's fonts into a folder, each in the weights that the style sheet uses."""
    folder.mkdir()
    for family, slope, weight, source in OF_SITE:
        font = instantiateVariableFont(TTFont(source, recalcTimestamp=False), {"wght": weight})
        font.flavor = None
        font.save(folder / file_name(family, slope, weight))


def font_faces(folder):
    """Return the rules of style that make all fonts known; the site's lie in a folder."""
    own = [
        (family, slope, weight, folder / file_name(family, slope, weight))
        for family, slope, weight, _ in OF_SITE
    ]
    others = [(*face, Path(get_data_path(), "fonts", "ttf", file)) for *face, file in OF_MATPLOTLIB]
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; font-style: {slope}; font-weight: {weight}; '
        f'src: url("{path.as_uri()}") }}'
        for family, slope, weight, path in own + others
    )


def file_name(family, slope, weight):
    return f"{family}-{slope}-{weight}.ttf".replace(" ", "-")
