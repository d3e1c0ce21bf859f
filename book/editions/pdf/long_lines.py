"""Lines of code that may be too long for a paper: where they wrap, they are marked."""

import re
from html import unescape

PRE = re.compile(r"(<pre>)(.*?)(</pre>)", re.DOTALL)
TAG = re.compile(r"<[^>]*>")


def mark_long_lines(html, width):
    """Put each line of code with more characters than that into an element of its own."""
    return PRE.sub(lambda pre: pre[1] + mark_lines(pre[2], width) + pre[3], html)


def mark_lines(code, width):
    marked, opened = [], []
    for line in code.splitlines(keepends=True):
        before, opened = opened, tags_open_after(line, opened)
        is_long = len(unescape(TAG.sub("", line)).rstrip("\n")) > width
        marked.append(in_element(line, before, opened) if is_long else line)
    return "".join(marked)


def tags_open_after(line, opened):
    """Return the tags that are open at the end of a line; a docstring's goes over many lines."""
    opened = list(opened)
    for tag in TAG.findall(line):
        if tag.startswith("</"):
            opened.pop()
        else:
            opened.append(tag)
    return opened


def in_element(line, before, after):
    """Return a line in an element, outside of which the tags around it are closed."""
    return (
        f'{"</span>" * len(before)}<span class="long">{"".join(before)}{line}'
        f"{'</span>' * len(after)}</span>{''.join(after)}"
    )
