"""What leads to pages by their numbers: contents, the first page of a Part, index."""

from html import escape


def contents(book, numbers):
    """Return the table of contents."""
    lines = []
    for part in book.parts:
        if part.caption:
            lines.append(line("part-line", part_id(part), part.caption, numbers))
        for chapter in part.chapters:
            lines.append(line("chapter-line", chapter.name, chapter.title, numbers))
            lines += [
                line("section-line", heading.parent["id"], heading.get_text(), numbers)
                for heading in chapter.body.select("section[id] > h2")
            ]
    lines.append(line("part-line", "index-of-terms", "Index", numbers))
    lines = "".join(lines)
    return f'<nav id="contents"><h1>Contents</h1><div class="contents-lines">{lines}</div></nav>'


def part_page(part, numbers):
    """Return the title of a Part, with a list of its chapters."""
    lines = [line("chapter-line", each.name, each.title, numbers) for each in part.chapters]
    return (
        f'<div class="part-page" id="{part_id(part)}"><h1>{escape(part.caption)}</h1>'
        f"{''.join(lines)}</div>"
    )


def part_id(part):
    return part.caption.partition(":")[0].lower().replace(" ", "-")


def line(css_class, target, text, numbers):
    text = escape(" ".join(text.split()))
    return (
        f'<p class="{css_class}"><a href="#{target}">{text}</a>'
        f'<span class="number">{numbers[target]}</span></p>'
    )


def index_of_terms(index, uses, numbers):
    """Return the index, with the pages where a term is explained or used."""
    letters = "".join(
        f'<div class="letter"><p class="letter-title">{letter}</p>'
        f"{''.join(entry_html(entry, uses, numbers) for entry in entries)}</div>"
        for letter, entries in index
    )
    return f'<div id="index-of-terms"><h1>Index</h1><div class="letters">{letters}</div></div>'


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
