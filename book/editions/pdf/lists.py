"""What leads to pages by their numbers: contents, the first page of a Part, index."""

from html import escape

from book.editions.pdf.headings import INDEX, Heading, headings


def contents(book, numbers):
    """Return the table of contents."""
    lines = "".join(line(heading, numbers) for heading in headings(book))
    return f'<nav id="contents"><h1>Contents</h1><div class="contents-lines">{lines}</div></nav>'


def part_page(part, numbers):
    """Return the title of a Part, with a list of its chapters."""
    chapters = [Heading("chapter", each.name, each.title) for each in part.chapters]
    return (
        f'<div class="part-page" id="{part.name}"><h1>{escape(part.caption)}</h1>'
        f"{''.join(line(chapter, numbers) for chapter in chapters)}</div>"
    )


def line(heading, numbers):
    return (
        f'<p class="{heading.kind}-line"><a href="#{heading.target}">{escape(heading.title)}</a>'
        f'<span class="number">{numbers[heading.target]}</span></p>'
    )


def index_of_terms(index, uses, numbers):
    """Return the index, with the pages where a term is explained or used."""
    letters = "".join(
        f'<div class="letter"><p class="letter-title">{letter}</p>'
        f"{''.join(entry_html(entry, uses, numbers) for entry in entries)}</div>"
        for letter, entries in index
    )
    return f'<div id="{INDEX}"><h1>Index</h1><div class="letters">{letters}</div></div>'


def entry_html(entry, uses, numbers, css_class="entry"):
    text = ", ".join([escape(entry.text), *page_links(entry.target, uses, numbers)])
    under = "".join(entry_html(each, uses, numbers, "entry under") for each in entry.under)
    return f'<p class="{css_class}">{text}</p>{under}'


def page_links(target, uses, numbers):
    """Return a link to each page, in order; the one that explains is set off from the others."""
    if target is None:
        return []
    first = {numbers[place]: place for place in reversed(uses.of(target))}
    return [
        f'<a href="#{place}"{" class=explained" if page == numbers[target] else ""}>{page}</a>'
        for page, place in sorted(first.items())
    ]
