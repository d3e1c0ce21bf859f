"""The bibliography labels each work as the text cites it, such as [Cauchy, 1847]."""

from pybtex.plugin import register_plugin
from pybtex.style.formatting.plain import Style
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.template import join
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle
from sphinxcontrib.bibtex.style.template import year

NAME = "as_cited"
CITED = AuthorYearReferenceStyle()
LABEL = join(sep=CITED.author_year_sep)[CITED.person.author_or_editor_or_title(full=False), year]


class Labels(BaseLabelStyle):
    def format_labels(self, sorted_entries):
        return [str(LABEL.format_data({"entry": work, "style": CITED})) for work in sorted_entries]


class Bibliography(Style):
    default_label_style = NAME
    default_sorting_style = "author_year_title"


def setup(app):
    register_plugin("pybtex.style.labels", NAME, Labels)
    register_plugin("pybtex.style.formatting", NAME, Bibliography)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
