"""Turn the book's Markdown into what any notebook program can show.

A plain notebook knows neither directives nor roles: a directive becomes a code block, a quotation
or a bold word, a role becomes its text.  Nor does it know labels of formulas and lists of
definitions: a label becomes TeX's own, a definition an item of a list.
"""

import re

from markdown_it import MarkdownIt

from book.extensions.claims import shown
from book.extensions.fingerprint import ROOT
from book.extensions.package_source import code_of, find, outline_of
from book.extensions.static_math import display_source

DIRECTIVE = re.compile(r"\{([\w:-]+)\}\s*(.*)")
OPTION = re.compile(r":([\w-]+):\s*(.*)")
ROLE = re.compile(r"\{([\w:-]+)\}`([^`]+)`")
TEXT_AND_TARGET = re.compile(r"([^<]+?)\s*<[^>]*>")
CODE_ROLES = {"class", "func", "meth"}
COMMENT_OR_TARGET = re.compile(r"^(<!--[\s\S]*?-->|\([^()\s]+\)=)$\n?", re.MULTILINE)
FORMULA = re.compile(r"^\$\$(.+?)\$\$(?: *\(([\w-]+)\))?$", re.MULTILINE | re.DOTALL)
DEFINITION = re.compile(r"^(\S.*)\n: +", re.MULTILINE)
DOCUMENTED = re.compile(r"^\.\. auto\w+:: (\S+)$", re.MULTILINE)


def readable(text):
    """Return a piece of the book's Markdown without directives and roles."""
    lines = text.splitlines()
    pieces = []
    end = 0
    for token in MarkdownIt().parse(text):
        if token.type == "fence":
            start, next_end = token.map
            pieces += [plain(lines[end:start]), fence(token, lines[start:next_end])]
            end = next_end
    pieces.append(plain(lines[end:]))
    return "\n\n".join(piece for piece in pieces if piece)


def plain(lines):
    """Return running text with comments and targets left out, the rest as a notebook shows it."""
    text = COMMENT_OR_TARGET.sub("", "\n".join(lines))
    text = FORMULA.sub(formula, text)
    text = DEFINITION.sub(r"- **\1**: ", text)
    return ROLE.sub(role, text).strip("\n")


def formula(match):
    """Return a displayed formula with its label as TeX's tag."""
    tex, label = match.groups()
    tag = rf"\tag{{{label}}}" if label else ""
    return "\n".join(filter(None, ["$$", display_source(tex), tag, "$$"]))


def role(match):
    """Return the text of a role."""
    name, text = match.groups()
    if name == "num":
        return shown(text)
    if name == "eq":
        return f"({text})"
    if name.startswith("cite:"):
        return f"[{text}]"
    if titled := TEXT_AND_TARGET.fullmatch(text):
        text = titled[1]
    if text.startswith("~"):
        text = text.rpartition(".")[2]
    return f"`{text}`" if name in CODE_ROLES else text


def fence(token, lines):
    """Return a fenced block as it is, or what stands for the directive it holds."""
    directive = DIRECTIVE.fullmatch(token.info.strip())
    if not directive:
        return "\n".join(lines)
    name, argument = directive.groups()
    options, body = split_options(token.content)
    if name == "output" or name.endswith("-end"):
        return ""
    if name == "listing":
        return listing(argument, options)
    if name == "code-block":
        return code_block(argument, body)
    if name == "eval-rst":
        return "\n".join(f'- `help("{part}")`' for part in DOCUMENTED.findall(body))
    if name.endswith("-start"):
        return f"**{name.removesuffix('-start').capitalize()}**"
    title = argument if name == "admonition" else f"{name.capitalize()} {argument}".strip()
    claim = f"The tutorial says: {options['claim']}" if "claim" in options else ""
    return quotation(f"**{title}**", claim, readable(body))


def listing(name, options):
    """Return the package's source as the book shows it."""
    part = find(name, ROOT)
    numbered = outline_of(part) if "outline" in options else code_of(part)
    origin = f"# {part.path.relative_to(ROOT).as_posix()}"
    return code_block("python", "\n".join([origin, *(text for _, text in numbered)]))


def code_block(language, source):
    return f"```{language}\n{source}\n```"


def quotation(*paragraphs):
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def split_options(content):
    """Separate the `:option: value` lines of a directive from its body."""
    lines = content.splitlines()
    options = {}
    while lines and (option := OPTION.fullmatch(lines[0])):
        options[option[1]] = option[2]
        del lines[0]
    return options, "\n".join(lines).strip("\n")
