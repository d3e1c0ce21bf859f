// A page whose cells can be edited and run.
import { button, Cell } from "./cell.js";
import { canHighlight, highlight } from "./highlight.js";
import { Kernel } from "./kernel.js";

const HOW = "Change a cell, then press Shift and Enter, or Run.";

export async function open(offer) {
  const answer = await fetch(offer.dataset.cells);
  if (!answer.ok) throw new Error(`its cells cannot be fetched (${answer.status})`);
  addStyle();
  const page = new Page(await answer.json());
  offer.replaceChildren("You can edit and run the cells of this page.");
  await page.start();
}

function addStyle() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("live.css", import.meta.url);
  document.head.append(link);
}

class Page {
  // `data` names the archives of pictures that the cells need.
  constructor({ cells, data }) {
    this.data = data;
    this.makeTools();
    this.cells = cellsOf(cells);
    for (const cell of this.cells) cell.open(() => this.run(cell), () => this.changed());
    this.colour();
    // The memory is needed elsewhere once the page is left.
    addEventListener("pagehide", () => this.stop());
  }

  makeTools() {
    this.status = document.createElement("span");
    this.status.setAttribute("role", "status");
    this.stopButton = button("Stop", () => this.stop("Stopped. The next run starts anew."));
    this.undoButton = button("Undo my changes", () => this.undo());
    this.stopButton.disabled = this.undoButton.disabled = true;
    const tools = document.createElement("section");
    tools.className = "live-tools";
    tools.setAttribute("aria-label", "The cells of this page");
    const all = button("Run all", () => this.run(this.cells.findLast((cell) => !cell.isExercise)));
    tools.append(this.status, all, this.stopButton, this.undoButton);
    document.querySelector("article").after(tools);
  }

  say(text) {
    this.status.textContent = text;
  }

  colour() {
    if (canHighlight) highlight(this.cells.flatMap((cell) => cell.editor ?? []));
  }

  changed() {
    this.colour();
    this.undoButton.disabled = false;
  }

  undo() {
    for (const cell of this.cells) cell.undo();
    this.colour();
    this.undoButton.disabled = true;
    this.say("The page is as in the book.");
  }

  // Start Python, unless it has started; say how that goes.
  async start() {
    this.say("Fetching Python and NumPy …");
    this.kernel ??= new Kernel(this.data);
    try {
      this.say(`${await this.kernel.ready}, in your browser. ${HOW}`);
      return true;
    } catch (error) {
      this.stop(`Python cannot start here: ${error.message}. The page stays as it was.`);
      return false;
    }
  }

  stop(why = "") {
    this.kernel?.end(why);
    this.kernel = null;
    for (const cell of this.cells) cell.ran = null;
    this.busy(false);
    if (why) this.say(why);
  }

  busy(is) {
    this.isBusy = is;
    this.stopButton.disabled = !is;
  }

  // Run a cell, and before it what stands above it and is new or changed.
  async run(last) {
    if (this.isBusy) return;
    this.busy(true);
    if (!this.kernel && !(await this.start())) return;
    const kernel = this.kernel;
    for (const cell of this.due(last)) {
      this.say(`Running ${cell.name} …`);
      const source = cell.source;
      const result = await kernel.run(source, cell.recorded);
      if (kernel !== this.kernel) return;
      if (result.died) {
        this.stop(`Python has ended (${result.died}). Run starts it anew.`);
        return;
      }
      cell.ran = source;
      cell.show(result);
      if (result.message && !result.same && !cell.why) {
        this.fail(cell, result);
        return;
      }
    }
    this.busy(false);
    this.say(`Done. ${HOW}`);
  }

  fail(cell, { message, line }) {
    cell.ran = null;
    this.busy(false);
    const place = line ? `, line ${line}` : "";
    this.say(`${cell.name[0].toUpperCase()}${cell.name.slice(1)}${place}: ${message}`);
  }

  // The cells to run: from the first that is new or changed, down to the last, which runs anyway.
  due(last) {
    const above = this.cells.slice(0, this.cells.indexOf(last));
    const needed = above.filter((cell) => !cell.isExercise);
    const first = needed.findIndex((cell) => cell.isStale);
    const stale = first < 0 ? [] : needed.slice(first);
    // What stands below was run with names that may change now.
    for (const cell of this.cells.slice(this.cells.indexOf(last) + 1)) cell.ran = null;
    return [...stale, last];
  }
}

// Pair what the book records with the cells on the page, and give each exercise a cell of its own.
function cellsOf(recorded) {
  const elements = [...document.querySelectorAll("article div.cell")];
  const cells = recorded.map((cell, index) => {
    const element = cell.hidden ? null : elements.shift();
    return new Cell({ ...cell, number: index + 1 }, element);
  });
  for (const exercise of document.querySelectorAll("article div.exercise")) {
    const element = cellOfReader();
    exercise.append(element);
    const made = new Cell({ source: "", recorded: "" }, element);
    const next = cells.findIndex((cell) => cell.element && follows(cell.element, element));
    cells.splice(next < 0 ? cells.length : next, 0, made);
  }
  return cells;
}

function follows(later, earlier) {
  return earlier.compareDocumentPosition(later) & Node.DOCUMENT_POSITION_FOLLOWING;
}

function cellOfReader() {
  const element = document.createElement("div");
  element.className = "cell live-exercise";
  element.innerHTML =
    '<p>Try it here:</p><div class="cell_input"><div class="highlight"><pre></pre></div></div>';
  return element;
}
