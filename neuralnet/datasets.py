"""The small tables that the book learns from.

Each function returns the inputs, one row an example, and the targets.
"""

import csv
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Table = tuple[NDArray[np.floating], NDArray[np.floating]]


def two_rows() -> Table:
    """Two points of two classes, of shapes (2, 2) and (2,) (Mesquita, 2021)."""
    return np.array([[1.66, 1.56], [2.0, 1.5]]), np.array([1.0, 0.0])


def eight_points() -> Table:
    """Eight points of two classes, of shapes (8, 2) and (8,) (Mesquita, 2021).

    No straight line separates the classes.
    """
    points = [(3, 1.5), (2, 1), (4, 1.5), (3, 4), (3.5, 0.5), (2, 0.5), (5.5, 1), (1, 1)]
    return np.array(points), np.array([0, 1, 0, 1, 0, 1, 1, 0], dtype=float)


def ten_houses() -> Table:
    """Ten invented houses: size in m², age in years; price in thousand euro.

    Shapes (10, 2) and (10,).  Means and standard deviations are whole numbers: 115 and 50 m²,
    13 and 10 years, 300 and 120 thousand euro.
    """
    size = [100, 45, 55, 75, 90, 105, 140, 165, 175, 200]
    age = [5, 22, 23, 1, 15, 3, 17, 2, 32, 10]
    price = [275, 115, 140, 250, 225, 320, 330, 480, 375, 490]
    return np.column_stack([size, age]).astype(float), np.array(price, dtype=float)


def house_sales() -> Table:
    """Houses sold in North Andover, Massachusetts, in 1978 and 1981 (Kiel & McClain, 1995).

    The columns are living area and land in square feet, rooms, bathrooms, age in years, and
    the year of the sale; the targets are prices in dollars of 1978.  Shapes (321, 6) and
    (321,).  The table is distributed with Wooldridge's textbook on econometrics.
    """
    file = files("neuralnet").joinpath("data", "house_sales.csv")
    with file.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    names = ["area_sqft", "land_sqft", "rooms", "baths", "age", "year"]
    inputs = np.array([[float(row[name]) for name in names] for row in rows])
    return inputs, np.array([float(row["real_price"]) for row in rows])
