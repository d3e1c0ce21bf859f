"""What can be wrong with a page.  Each check returns a list of faults, in words."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

# What a browser fetches by itself.  A link that the reader follows may lead anywhere.
LOADING = {
    "audio": ["src"],
    "embed": ["src"],
    "iframe": ["src"],
    "img": ["src", "srcset"],
    "input": ["src"],
    "object": ["data"],
    "script": ["src"],
    "source": ["src", "srcset"],
    "track": ["src"],
    "video": ["src", "poster"],
}
LOADING_LINKS = {"stylesheet", "preload", "prefetch", "modulepreload", "icon", "manifest"}
CSS_ADDRESS = re.compile(r"""(?:url\(|@import\s)\s*["']?([^"')\s]+)""")
# A dollar or a command of TeX; before a digit the dollar is money.
TEX = re.compile(r"\$(?!\d)|\\[a-zA-Z([]")
NOT_PROSE = ["code", "pre", "script", "style", "annotation"]


def images_without_alt(soup):
    """Every image says what it shows, in words."""
    return [
        f"image {image.get('src', '')[:80]} has the alt text {image.get('alt')!r}"
        for image in soup.find_all("img")
        if " " not in image.get("alt", "").strip()
    ]


def images_without_size(soup):
    """Every image has its size, so that the text does not jump when it arrives."""
    return [
        f"image {image.get('src', '')[:80]} has no width and height"
        for image in soup.find_all("img")
        if not (image.get("width") and image.get("height"))
    ]


def repeated_ids(soup):
    """No two elements have the same id."""
    counts = Counter(element["id"] for element in soup.find_all(id=True))
    return [f"{count} elements have the id {name}" for name, count in counts.items() if count > 1]


def raw_tex(soup):
    """No formula is left as TeX in the text."""
    faults = []
    for text in (soup.find(attrs={"role": "main"}) or soup).find_all(string=TEX):
        if not text.find_parent(NOT_PROSE):
            faults.append(f"TeX in the text: {' '.join(text.split())[:100]}")
    return faults


def head_faults(soup):
    """The page names its language and has a title."""
    faults = []
    if not soup.html or soup.html.get("lang") != "en":
        faults.append("html has no lang='en'")
    if not soup.title or not soup.title.get_text(strip=True):
        faults.append("the page has no title")
    return faults


def description_faults(soup):
    """The page has one description."""
    found = [meta.get("content", "") for meta in soup.find_all("meta", {"name": "description"})]
    if len(found) == 1 and len(found[0]) >= 20:
        return []
    return [f"the page needs one description, its first paragraph, but has {found}"]


def heading_faults(soup):
    """One h1 comes first, and no level is skipped on the way down."""
    main = soup.find(attrs={"role": "main"}) or soup
    levels = [int(heading.name[1]) for heading in main.find_all(re.compile("^h[1-6]$"))]
    if levels[:1] != [1] or levels.count(1) != 1:
        return [f"the page needs one h1, and first: its headings are {levels}"]
    return [f"h{b} follows h{a}" for a, b in pairwise(levels) if b > a + 1]


def loaded_addresses(soup):
    """Return the addresses that a browser fetches to show the page."""
    found = []
    for name, attributes in LOADING.items():
        for element in soup.find_all(name):
            found += [element[attribute] for attribute in attributes if element.get(attribute)]
    for link in soup.find_all("link", href=True):
        if LOADING_LINKS & set(link.get("rel", [])):
            found.append(link["href"])
    for element in soup.find_all("style"):
        found += CSS_ADDRESS.findall(element.get_text())
    for element in soup.find_all(style=True):
        found += CSS_ADDRESS.findall(element["style"])
    return found


def is_foreign(address):
    """Whether an address leads to another host."""
    return bool(urlsplit(address).netloc)


def foreign_loads(soup):
    """Nothing is loaded from another host."""
    return [f"loads {address}" for address in loaded_addresses(soup) if is_foreign(address)]


def script_faults(soup):
    """Every script is a file of the book, and the page's policy allows no other."""
    policies = [meta["content"] for meta in soup.select('meta[http-equiv*="Security-Policy"]')]
    faults = [] if len(policies) == 1 else [f"the page needs one policy, but has {policies}"]
    faults += [
        f"the policy allows inline scripts: {policy}"
        for policy in policies
        if "script-src 'self';" not in policy
    ]
    faults += [f"inline script: {script}" for script in soup.select("script:not([src])")]
    faults += [f"address that is a script: {link}" for link in soup.select('[href^="javascript:"]')]
    return faults + [
        f"inline handler: {element.name} {name}"
        for element in soup.find_all(True)
        for name in element.attrs
        if name.startswith("on")
    ]


def has_anchor(page, fragment):
    """Whether the part of an address after # names a place on the page."""
    return not fragment or unquote(fragment) in page.ids


def broken_links(page, site, page_at):
    """Every link and every loaded file inside the site exists, and so does its anchor."""
    links = [link["href"] for link in page.soup.find_all("a", href=True)]
    faults = []
    for address in links + loaded_addresses(page.soup):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or address == "#":
            continue
        target = page.path
        if parts.path:
            target = site.joinpath(page.path.parent, PurePosixPath(unquote(parts.path))).resolve()
        if not target.is_file() or not target.is_relative_to(site):
            faults.append(f"{address} leads nowhere")
        elif target.suffix == ".html" and not has_anchor(page_at(target), parts.fragment):
            faults.append(f"{address} has no such anchor")
    return faults
