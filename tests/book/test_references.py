"""A reference to something far away says which chapter it is in."""

import pytest

from tests.tools.complaints import fail_if_any
from tests.tools.pages import Page
from tests.tools.references import Labels, complaints_about


def test_far_references_name_their_chapter(pages):
    fail_if_any(complaint for page in pages for complaint in complaints_about(page))


FAR = "See {eq}`eq-far`."


@pytest.mark.parametrize(
    ("texts", "complains"),
    [
        ([f"$$\nx\n$$ (eq-far)\n\n{FAR}", "", ""], False),
        (["$$\nx\n$$ (eq-far)\n", FAR, ""], False),
        (["$$\nx\n$$ (eq-far)\n", "", FAR], True),
        ([FAR, "$$\nx\n$$ (eq-far)\n", ""], True),
        (["$$\nx\n$$ (eq-far)\n", "", "As {eq}`eq-far` in {doc}`/book/a` says."], False),
        (["$$\nx\n$$ (eq-far)\n", "", f"{FAR} As {{doc}}`/book/a` says."], True),
        (["(eq-far)=\n## A section\n", "", "See {ref}`there <eq-far>`."], False),
        (["```{exercise}\n:label: eq-far\n```", "", "{ref}`eq-far`"], True),
    ],
)
def test_what_is_far(texts, complains):
    chapters = [Page(f"book/{name}.md", text) for name, text in zip("abc", texts, strict=True)]
    labels = Labels(chapters)
    found = [complaint for page in chapters for complaint in complaints_about(page, labels)]
    assert bool(found) == complains
