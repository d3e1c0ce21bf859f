"""What needs a browser is replaced by what stands still."""

from html import escape

from book.editions.chapters import parsed

FOR_A_BROWSER = "a.headerlink, .toctree-wrapper, .only-on-site, #editions"
MOST_FRAMES = 4


def stand_still(section):
    """Leave in a page only what can be read without a browser."""
    for element in section.select(FOR_A_BROWSER):
        element.decompose()
    for slider in section.select("figure.slider"):
        show_side_by_side(slider)
    for image in section.find_all("img"):
        for name in ("loading", "decoding", "data-value", "hidden"):
            del image[name]


def show_side_by_side(slider):
    """Show a slider in a few of its positions, from the first to the last."""
    control = slider.select_one(".slider-control").extract()
    label = control.label.get_text(strip=True)
    images = [image.extract() for image in slider.find_all("img")]
    frames = parsed('<div class="frames"></div>')
    for image in spread(images):
        frame = parsed('<div class="frame"></div>')
        value = f"{label}: {image['data-value']}"
        frame.extend([image, parsed(f'<p class="slider-value">{escape(value)}</p>')])
        frames.append(frame)
    slider.insert(0, frames)


def spread(things):
    """Return a few things at even distances, with the first and the last of them."""
    shown = min(MOST_FRAMES, len(things))
    return [things[round(n * (len(things) - 1) / max(shown - 1, 1))] for n in range(shown)]
