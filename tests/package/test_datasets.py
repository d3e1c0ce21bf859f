"""The tables of the book: their shapes and what the book says of them."""

import numpy as np
import pytest

from neuralnet import datasets

TABLES = {
    datasets.two_rows: (2, 2),
    datasets.eight_points: (8, 2),
    datasets.ten_houses: (10, 2),
    datasets.house_sales: (321, 6),
}


@pytest.mark.parametrize(("table", "shape"), TABLES.items())
def test_shapes_and_number_format(table, shape):
    X, targets = table()
    assert (X.shape, targets.shape) == (shape, shape[:1])
    assert X.dtype == targets.dtype == float


@pytest.mark.parametrize("table", TABLES)
def test_each_call_returns_fresh_arrays(table):
    X, targets = table()
    X += 1
    targets += 1
    fresh = table()
    assert (fresh[0] != X).all()
    assert (fresh[1] != targets).all()


def test_every_table_is_tested():
    functions = {
        value
        for value in vars(datasets).values()
        if getattr(value, "__module__", None) == datasets.__name__
    }
    assert functions == set(TABLES)


def test_two_rows():
    X, targets = datasets.two_rows()
    assert X.tolist() == [[1.66, 1.56], [2, 1.5]]
    assert targets.tolist() == [1, 0]


def test_eight_points():
    X, targets = datasets.eight_points()
    zeros = [[3, 1.5], [4, 1.5], [3.5, 0.5], [1, 1]]
    ones = [[2, 1], [3, 4], [2, 0.5], [5.5, 1]]
    assert X[targets == 0].tolist() == zeros
    assert X[targets == 1].tolist() == ones


def test_eight_points_hold_two_crossing_pairs_that_no_line_separates():
    X, targets = datasets.eight_points()
    rows = X.tolist()
    first, second = [[4, 1.5], [3.5, 0.5]], [[2, 1], [5.5, 1]]
    assert [targets[rows.index(point)] for point in first + second] == [0, 0, 1, 1]
    assert np.mean(first, axis=0).tolist() == np.mean(second, axis=0).tolist() == [3.75, 1]


def test_ten_houses_have_round_means_and_deviations():
    X, price = datasets.ten_houses()
    table = np.column_stack([X, price])
    assert table.mean(axis=0).tolist() == [115, 13, 300]
    assert table.std(axis=0).tolist() == [50, 10, 120]


def test_ten_houses():
    X, price = datasets.ten_houses()
    houses = [
        (100, 5, 275),
        (45, 22, 115),
        (55, 23, 140),
        (75, 1, 250),
        (90, 15, 225),
        (105, 3, 320),
        (140, 17, 330),
        (165, 2, 480),
        (175, 32, 375),
        (200, 10, 490),
    ]
    assert [(*row, value) for row, value in zip(X.tolist(), price, strict=True)] == houses
