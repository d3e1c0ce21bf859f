"""The text of what a cell shows, as it is recorded."""

import pytest
from nbformat.v4 import new_output

from book.extensions.shown import text_of_data, text_of_outputs, visible_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("<p>one\n   <b>two</b></p><p>three</p>", "one two\nthree"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        ("a<br>b", "a\nb"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("<table><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>2</td></tr></table>", "x y\n1 2"),
        ("<pre>a\nb</pre>", "a\nb"),
        ('see <img alt="An eye." src="x">', "see An eye."),
        ('<p>a</p><p hidden>b</p><img hidden alt="c">', "a"),
        ("<style>p {}</style><script>f()</script><!-- no --><p>1 &lt; 2</p>", "1 < 2"),
    ],
)
def test_html_is_what_a_reader_sees(html, text):
    assert visible_text(html) == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"text/plain": "1"}, "1"),
        ({"text/plain": "<T>", "text/html": "<b>t</b>"}, "t"),
        ({"text/plain": "<T>", "text/latex": "$t$"}, "$t$"),
        ({"text/plain": "<T>", "text/markdown": "*t*"}, "*t*"),
        ({"text/plain": "<T>", "image/png": ""}, ""),
        ({"text/plain": "<T>", "image/png": "", "text/html": "t"}, "t"),
    ],
)
def test_of_several_forms_the_one_on_the_page_counts(data, text):
    assert text_of_data(data) == text


def test_every_output_starts_on_a_line_of_its_own():
    outputs = [
        new_output("stream", text="a"),
        new_output("display_data", data={"text/plain": "b"}),
        new_output("display_data", data={"image/png": "", "text/plain": "<Figure>"}),
        new_output("stream", text="c\n"),
        new_output("error", ename="E", evalue="d", traceback=["\x1b[31mE\x1b[39m: d"]),
    ]
    assert text_of_outputs(outputs) == "a\nb\nc\nE: d\n"
