"""What stands at the end of a Part: its solutions, and the code that draws its figures."""

from html import escape

from book.editions.chapters import Chapter, parsed, text_of

FIGURES = "Code of the figures"
SOLUTIONS = "Solutions"


def back_matter(part):
    """Take solutions and folded code out of the chapters of a Part, and return them as chapters."""
    # The code first: there are figures in solutions, too.
    codes, answers = gather(part, FIGURES, figure_codes), gather(part, SOLUTIONS, solutions)
    return [chapter for chapter in (answers, codes) if chapter is not None]


def gather(part, title, find):
    """Return a chapter of what is found in each chapter of a Part; none if there is nothing."""
    short = part.caption.partition(":")[0]
    name = f"{title} {short}".lower().replace(" ", "-")
    heading = f"<h1>{title}, {short}</h1>"
    body = parsed(f'<div class="chapter back-matter" id="{name}">{heading}</div>')
    for chapter in part.chapters:
        found = find(chapter)
        if found:
            section = parsed("<section></section>")
            section.append(link("h2", chapter.title, chapter.name))
            section.extend(found)
            body.append(section)
    return Chapter(name, body.h1.get_text(), body) if body.section else None


def solutions(chapter):
    """Take the solutions out of a chapter, and link each exercise with its own."""
    found = []
    exercises = {number_of(box): box for box in chapter.body.select("div.exercise")}
    for fold in chapter.body.select("details.solution"):
        number = fold.summary.get_text().removeprefix("Solution to ").strip()
        exercise = exercises[number]
        exercise.p.append(" ")
        exercise.p.append(link("span", "Solution", fold["id"], "to-solution"))
        section = parsed(f'<section id="{fold["id"]}"></section>')
        section.append(link("h3", number, exercise["id"]))
        section.extend(fold.extract().section.contents[:])
        found.append(section)
    return found


def number_of(exercise):
    return exercise.select_one(".caption-number").get_text(strip=True)


def figure_codes(chapter):
    """Take the folded code out of a chapter, and link each output with what gives it."""
    found, waiting = [], []
    for number, fold in enumerate(chapter.body.select("details.fold"), start=1):
        cell = fold.find_parent(class_="cell")
        words = fold.extract().summary.get_text()
        waiting.append(fold.select_one(".cell_input"))
        if not cell.select_one(".cell_output"):
            cell.decompose()  # it only prepares the next one
            continue
        own, cell["id"] = f"{chapter.name}--code-{number}", f"{chapter.name}--cell-{number}"
        cell.append(link("p", words, own, "to-code"))
        section = parsed(f'<section id="{own}"></section>')
        section.append(link("h3", name_of(cell), cell["id"]))
        section.extend(waiting)
        waiting.clear()
        found.append(section)
    return found


def name_of(cell):
    """Return the number of the figure that a cell draws, or the heading above what it shows."""
    named = cell.select_one(".caption-number") or cell.find_previous(["h2", "h3"])
    return text_of(named)


def link(name, text, target, css_class=""):
    """Return an element that holds a link to an id."""
    start = f'<{name} class="{css_class}">' if css_class else f"<{name}>"
    return parsed(f'{start}<a href="#{target}">{escape(text, quote=False)}</a></{name}>')
