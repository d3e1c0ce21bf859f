"""What Chromium's PDF files tell of themselves, and what they still need."""

import pikepdf

from book.editions.reading import settings
from book.editions.when import commit_time


def pages_of_names(file):
    """Return the number of the page of each place that a link leads to."""
    with pikepdf.open(file) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        return {name[1:]: numbers[place[0].objgen] for name, place in pdf.Root.Dests.items()}


def finish(file, target):
    """Write a file anew, smaller, with its author and with a date that every build gives it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with pikepdf.open(file) as pdf:
        when = commit_time().strftime("D:%Y%m%d%H%M%S+00'00'")
        pdf.docinfo["/Author"] = settings()["author"]
        pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = when
        del pdf.docinfo["/Creator"]
        # Readers of the version that the file names do not know these tags.
        pdf.Root.StructTreeRoot.RoleMap = pikepdf.Dictionary(
            Em=pikepdf.Name.Span, Strong=pikepdf.Name.Span
        )
        pdf.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
        )
