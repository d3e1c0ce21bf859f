// The Python of one page.  It takes {id, source, recorded} and answers with {id, kind, content} for
// each piece of what a cell shows, and with {id, done, message, line, same} at its end.
import { loadPyodide } from "./runtime/pyodide.mjs";

const HERE = new URL(".", import.meta.url).href;
const HOME = "/home/book";
const QUIET = { messageCallback() {} };

async function start() {
  const python = await loadPyodide({ indexURL: `${HERE}runtime/`, stdout() {}, stderr() {} });
  const numpy = python.loadPackage("numpy", QUIET);
  const archives = self.name.split(" ").map((name) => fetched(`${HERE}${name}.zip`));
  for (const archive of await Promise.all(archives)) {
    python.unpackArchive(archive, "zip", { extractDir: HOME });
  }
  await numpy;
  python.runPython(`import sys; sys.path.insert(0, "${HOME}")`);
  const kernel = python.pyimport("book.live.kernel");
  const versions = python.runPython(`
import numpy, neuralnet
f"Python {sys.version.split()[0]} and NumPy {numpy.__version__}"`);
  postMessage({ ready: versions });
  return { python, kernel };
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} cannot be fetched (${answer.status})`);
  return answer.arrayBuffer();
}

// Matplotlib, as large as all the rest, comes with the first cell that needs it.
let drawing;
function prepareDrawing(python) {
  drawing ??= python.loadPackage("matplotlib", QUIET).then(() =>
    python.runPython(`
import os
os.environ["MPLBACKEND"] = "svg"
from book.figures.style import use_style
use_style()`),
  );
  return drawing;
}

const started = start();
const fail = (reason) => postMessage({ failed: String(reason) });
started.catch(fail);
// What Pyodide itself does not wait for.
self.addEventListener("unhandledrejection", (event) => fail(event.reason));

async function run({ id, source, recorded }) {
  const { python, kernel } = await started;
  if (/\b(matplotlib|plots|book)\b/.test(source)) await prepareDrawing(python);
  const answer = kernel.run(source, recorded, (kind, content) => postMessage({ id, kind, content }));
  const [message, line, same] = answer.toJs();
  answer.destroy();
  return { message, line, same };
}

// A page that waits for an answer gets one, whatever happens here.
onmessage = async ({ data }) => {
  try {
    postMessage({ id: data.id, done: true, ...(await run(data)) });
  } catch (error) {
    postMessage({ id: data.id, done: true, died: String(error) });
  }
};
