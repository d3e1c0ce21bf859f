"""The table of real sales is complete, in the units that its docstring names."""

import numpy as np

from neuralnet.datasets import house_sales

houses, prices = house_sales()
area, land, rooms, baths, age, year = houses.T


def test_the_shapes_are_those_of_the_docstring():
    assert houses.shape == (321, 6)
    assert prices.shape == (321,)


def test_nothing_is_missing():
    assert np.isfinite(houses).all()
    assert np.isfinite(prices).all()


def test_the_sales_are_of_two_years():
    assert np.count_nonzero(year == 1978) == 179
    assert np.count_nonzero(year == 1981) == 142


def test_each_column_has_the_values_of_its_unit():
    assert (area.min(), area.max()) == (735, 5136)
    assert (land.min(), land.max()) == (1710, 544_500)
    assert (rooms.min(), rooms.max()) == (4, 10)
    assert (baths.min(), baths.max()) == (1, 4)
    assert (age.min(), age.max()) == (0, 189)


def test_the_prices_are_in_dollars_of_1978():
    assert (prices.min(), prices.max()) == (26_000, 300_000)
    assert prices[0] == 60_000


def test_each_call_gives_arrays_of_its_own():
    again, _ = house_sales()
    again[:] = 0
    assert house_sales()[0].any()
