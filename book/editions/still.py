"""What needs a browser is replaced by what stands still."""

FOR_A_BROWSER = "a.headerlink, .toctree-wrapper, img[hidden], .only-on-site, #editions"


def stand_still(section):
    """Leave in a page only what can be read without a browser."""
    for element in section.select(FOR_A_BROWSER):
        element.decompose()
    for control in section.select(".slider-control"):
        say_value(control)
    for image in section.find_all("img"):
        for name in ("loading", "decoding", "data-value"):
            del image[name]


def say_value(control):
    """Put the value that a slider's first picture shows in the place of its control."""
    words = [control.label.get_text(strip=True), control.output.get_text(strip=True)]
    control.clear()
    control.name = "p"
    control["class"] = "slider-value"
    control.append(f"{words[0]}: {words[1]}")
