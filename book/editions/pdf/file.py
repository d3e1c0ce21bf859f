"""What Chromium's PDF files tell of themselves, and what they still need."""

import pikepdf

from book.editions.pdf.headings import headings
from book.editions.reading import settings
from book.editions.when import commit_time

LEVELS = {"part": 0, "chapter": 1, "section": 2}


def pages_of_names(file):
    """Return the number of the page of each place that a link leads to."""
    with pikepdf.open(file) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        return {name[1:]: numbers[place[0].objgen] for name, place in pdf.Root.Dests.items()}


def finish(file, book, target):
    """Write a file anew: smaller, with an outline, an author, and the date of its text."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with pikepdf.open(file) as pdf:
        write_outline(pdf, book)
        write_origin(pdf)
        number_header_cells(pdf)
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


def write_outline(pdf, book):
    """List Parts, chapters and sections; what comes before the first Part stands by itself."""
    with pdf.open_outline() as outline:
        above = [outline.root]
        for heading in headings(book):
            del above[LEVELS[heading.kind] + 1 :]
            place = pdf.Root.Dests[f"/{heading.target}"]
            item = pikepdf.OutlineItem(heading.title, place)
            item.is_closed = True
            above[-1].append(item)
            above.append(item.children)


def write_origin(pdf):
    """Name the author, and give the date that every build of the same text has."""
    when = commit_time().strftime("D:%Y%m%d%H%M%S+00'00'")
    pdf.docinfo["/Author"] = settings()["author"]
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = when
    del pdf.docinfo["/Creator"]


def number_header_cells(pdf):
    """Number the header cells of tables anew: Chromium goes on from what it has counted before."""
    things = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
    elements = [each for each in things if each.get("/Type") == "/StructElem"]
    cells = sorted((each for each in elements if "/ID" in each), key=lambda cell: str(cell.ID))
    names = {str(cell.ID): f"cell{number:05}" for number, cell in enumerate(cells)}
    for cell in cells:
        cell.ID = pikepdf.String(names[str(cell.ID)])
    tree = [item for cell in cells for item in (cell.ID, cell)]
    pdf.Root.StructTreeRoot.IDTree = pikepdf.Dictionary(Names=tree)
    for element in elements:
        for attribute in element.get("/A", []):
            if "/Headers" in attribute:
                attribute.Headers = pikepdf.Array([names[str(name)] for name in attribute.Headers])
