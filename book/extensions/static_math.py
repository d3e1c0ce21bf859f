"""Stub."""


def setup(app):
    app.add_html_math_renderer("static_math", (lambda s, n: None, None), (lambda s, n: None, None))
    return {"parallel_read_safe": True, "parallel_write_safe": False}
