"""A server that compresses text, as a real one does, and counts what it sends."""

import gzip
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.site.weight import COMPRESSED


class Handler(SimpleHTTPRequestHandler):
    """Serve a folder."""

    def do_GET(self):
        """Send a file, compressed if it is text."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        if path.suffix in COMPRESSED:
            content = gzip.compress(content)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        self.server.sent.append((path, len(content)))

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def serve(folder, headers=None):
    """Serve a folder; `server.url` is its address and `server.sent` lists the files sent.

    `headers` are sent with each of them.
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder))
    server.daemon_threads = True
    server.url = f"http://127.0.0.1:{server.server_port}"
    server.sent, server.headers = [], headers or {}
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
