"""The book's figures: pages write ``from book import figures`` and ``figures.arrows(...);``."""

from book.figures.backward import slopes_flow_back
from book.figures.border import border
from book.figures.classes import learning_curves, shares
from book.figures.concepts import (
    bag_of_words,
    dartboard,
    learning_loop,
    nested_fields,
    supervised_learning,
    two_layers,
)
from book.figures.curves import residual_curves, rolling
from book.figures.depth import gradients_by_layer, seed_dots
from book.figures.diagrams import Diagram
from book.figures.digits import confusion, misread_digits, ten_digits
from book.figures.files import replacement
from book.figures.graph_of_values import graph_of_values
from book.figures.graphs import computation_graph, forward_pass
from book.figures.houses import garden_light, predicted_prices
from book.figures.inside import one_vector, recorded_step
from book.figures.landing import hero
from book.figures.landscape import landscape
from book.figures.losses import squares
from book.figures.network import network_diagram, sequential_graph
from book.figures.nudge import nudge
from book.figures.plane import arrows, descent, parabola, parallelogram, points_plane
from book.figures.processes import shared_batch
from book.figures.pulls import pulls
from book.figures.ruler import lines_and_errors
from book.figures.scaling import sums_on_sigmoid
from book.figures.shadow import border_across, shadow
from book.figures.slider import slider
from book.figures.speed import ratio_dots
from book.figures.style import (
    BLUE,
    CLASS_COLORS,
    CLASS_MARKERS,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PAPER,
    PINK,
    PROBABILITY,
    SKY,
)
from book.figures.tables import stretched_shapes, table_product, transposes
from book.figures.valley import valley
from book.figures.windows import picture_grid, shares_when_moved, weight_table
from book.figures.xor import bent_space, plane_of_xor

__all__ = [
    "BLUE",
    "CLASS_COLORS",
    "CLASS_MARKERS",
    "GREEN",
    "GREY",
    "INK",
    "ORANGE",
    "PAPER",
    "PINK",
    "PROBABILITY",
    "SKY",
    "Diagram",
    "arrows",
    "bag_of_words",
    "bent_space",
    "border",
    "border_across",
    "computation_graph",
    "confusion",
    "dartboard",
    "descent",
    "forward_pass",
    "garden_light",
    "gradients_by_layer",
    "graph_of_values",
    "hero",
    "landscape",
    "learning_curves",
    "learning_loop",
    "lines_and_errors",
    "misread_digits",
    "nested_fields",
    "network_diagram",
    "nudge",
    "one_vector",
    "parabola",
    "parallelogram",
    "picture_grid",
    "plane_of_xor",
    "points_plane",
    "predicted_prices",
    "pulls",
    "ratio_dots",
    "recorded_step",
    "replacement",
    "residual_curves",
    "rolling",
    "seed_dots",
    "sequential_graph",
    "shadow",
    "shared_batch",
    "shares",
    "shares_when_moved",
    "slider",
    "slopes_flow_back",
    "squares",
    "stretched_shapes",
    "sums_on_sigmoid",
    "supervised_learning",
    "table_product",
    "ten_digits",
    "transposes",
    "two_layers",
    "valley",
    "weight_table",
]
