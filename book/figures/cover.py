"""The cover of the editions that are taken along."""

import matplotlib.pyplot as plt

from book.figures import landing
from book.figures.style import GREY, INK, ORANGE, PAPER, use_style
from neuralnet.plots import plot_decision

SIZE = (6, 9)  # inches, of 200 dots
PICTURE = (0.08, 0.05, 0.84, 0.5)


def write_cover(file, title, author):
    """Write the cover as a PNG: the title, and a border that a hidden layer has learned."""
    use_style()
    figure = plt.figure(figsize=SIZE, layout="none")
    name, _, rest = title.partition(", ")
    words = name.replace(" ", "\n", 1)
    figure.text(0.08, 0.93, words, size=48, weight="bold", color=INK, va="top", linespacing=0.9)
    figure.text(0.08, 0.72, rest, size=21, color=ORANGE, va="top")
    figure.text(0.08, 0.65, author, size=13, color=GREY, va="top")
    _, (_, layers, _) = landing.NETWORKS
    axes = figure.add_axes(PICTURE)
    plot_decision(landing.trained(layers), landing.POINTS, landing.TARGETS, axes)
    axes.get_legend().remove()
    axes.set(xticks=[], yticks=[], xlabel="", ylabel="")
    axes.spines[:].set_visible(False)
    figure.savefig(file, dpi=200, facecolor=PAPER, metadata={"Software": None})
    plt.close(figure)
