"""How long others take for the same work."""

import matplotlib.pyplot as plt
from matplotlib.ticker import LogLocator, NullLocator

from book.figures.drawing import Drawing
from book.figures.style import CLASS_COLORS, CLASS_MARKERS, INK


def ratio_dots(table, limit="floor"):
    """Show ratios on a logarithmic scale: a row for each piece of work, a mark for each peer.

    `table` holds, by row, the ratio of each peer that took part.  The peer called `limit` is
    drawn as a bar, the others as dots a little below one another, so that none hides another.
    """
    figure, axes = plt.subplots(figsize=(5.4, 5.6))
    peers = list(dict.fromkeys(peer for row in table.values() for peer in row if peer != limit))
    axes.axvline(1, color=INK, linewidth=1.4)
    bars = [(row[limit], place) for place, row in enumerate(table.values()) if limit in row]
    axes.plot(*zip(*bars, strict=True), "|", color=INK, markersize=24, label=limit)
    for k, peer in enumerate(peers):
        below = 0.7 * ((k + 0.5) / len(peers) - 0.5)
        dots = [
            (row[peer], place + below) for place, row in enumerate(table.values()) if peer in row
        ]
        axes.plot(
            *zip(*dots, strict=True),
            CLASS_MARKERS[k],
            color=CLASS_COLORS[k],
            markersize=7,
            label=peer,
        )
    axes.margins(x=0.05)
    axes.set(xscale="log", xlabel="time, divided by that of neuralnet")
    axes.set_yticks(range(len(table)), list(table))
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(LogLocator())
    axes.xaxis.set_major_formatter("{x:g}")
    axes.xaxis.set_minor_locator(NullLocator())
    figure.legend(loc="outside upper center", ncols=3)
    spread = {work: max(row.values()) / min(row.values()) for work, row in table.items()}
    facts = {
        "rows": len(table),
        "peers": len(peers),
        "line at": 1,
        "widest": max(spread, key=spread.get),
    }
    return Drawing(figure, facts)
