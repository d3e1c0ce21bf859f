// One cell of a page: its code, what the book records of it, and what it shows when it runs here.

export class Cell {
  // `element` is null for a cell that the page does not show.
  // `why` is a reason for which the cell may show something else here than in the book.
  constructor({ source, recorded, number, why }, element) {
    Object.assign(this, { original: source, recorded, number, why, element });
    this.ran = null;
    this.editor = element?.querySelector(".cell_input pre") ?? null;
  }

  get source() {
    if (!this.editor) return this.original;
    // Some browsers break lines with elements; what is folded has no inner text.
    const copy = this.editor.cloneNode(true);
    for (const end of copy.querySelectorAll("br")) end.replaceWith("\n");
    return copy.textContent.replace(/\n$/, "");
  }

  get isStale() {
    return this.ran !== this.source;
  }

  get isExercise() {
    return this.element?.classList.contains("live-exercise") ?? false;
  }

  // Let the reader change the code and run it: `run` and `changed` are called without arguments.
  open(run, changed) {
    if (!this.editor) return;
    this.editor.textContent = this.original;
    this.editor.contentEditable = "plaintext-only";
    this.editor.spellcheck = false;
    this.editor.tabIndex = 0;
    this.editor.setAttribute("role", "textbox");
    this.editor.setAttribute("aria-multiline", "true");
    this.editor.setAttribute("aria-label", `Code of ${this.name}`);
    this.editor.addEventListener("input", changed);
    this.editor.addEventListener("keydown", (event) => this.onKey(event, run));
    const runButton = button("Run", run);
    runButton.setAttribute("aria-label", `Run ${this.name}`);
    this.note = document.createElement("span");
    this.bar = document.createElement("div");
    this.bar.className = "live-bar";
    this.bar.append(runButton, this.note);
    this.element.querySelector(".cell_input").append(this.bar);
  }

  get name() {
    return this.isExercise ? "your own cell" : `cell ${this.number}`;
  }

  onKey(event, run) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    if (event.shiftKey || event.ctrlKey) run();
    else document.execCommand("insertText", false, `\n${this.indentation()}`);
  }

  // The spaces that a new line begins with, after the line of the caret.
  indentation() {
    const caret = getSelection().getRangeAt(0).cloneRange();
    caret.setStart(this.editor, 0);
    const line = caret.toString().split("\n").at(-1);
    return line.match(/^ */)[0] + (line.trimEnd().endsWith(":") ? "    " : "");
  }

  undo() {
    if (this.editor) this.editor.textContent = this.original;
    this.showRecorded();
  }

  // Show a result of the kernel in the place of the recorded one, which stays below it, folded.
  show({ text, html, svg, message, same }) {
    if (!this.element) return;
    this.showRecorded();
    this.redraw(svg);
    const shown = [text, message].filter(Boolean).join(text.endsWith("\n") || !text ? "" : "\n");
    if (html.length) this.replaceHtml(html.at(-1));
    else if (same && !this.isExercise) this.say("as in the book");
    else this.showLive(shown, this.isExercise ? svg : []);
  }

  say(text) {
    if (this.note) this.note.textContent = text;
  }

  get outputs() {
    const container = this.element?.querySelector(".cell_output");
    return [...(container?.querySelectorAll(".output") ?? [])];
  }

  showLive(text, svg) {
    const isChanged = this.source !== this.original;
    this.say(this.isExercise ? "" : (!isChanged && this.why) || "your result");
    this.live = document.createElement("div");
    this.live.className = "live-output";
    const pre = document.createElement("pre");
    pre.textContent = text || (svg.length ? "" : "The cell shows no text.");
    this.live.append(pre, ...svg.map(picture));
    const recorded = this.outputs.filter((output) => output.querySelector("pre"));
    if (recorded.length) {
      this.fold = document.createElement("details");
      this.fold.className = "fold";
      this.fold.append(Object.assign(document.createElement("summary"), { textContent: "In the book" }));
      recorded[0].before(this.fold);
      this.fold.append(...recorded);
      this.fold.before(this.live);
    } else {
      this.element.querySelector(".cell_input").after(this.live);
    }
  }

  showRecorded() {
    this.say("");
    this.live?.remove();
    this.fold?.replaceWith(...[...this.fold.children].slice(1));
    this.live = this.fold = null;
    for (const image of this.images) {
      if (image.dataset.recorded) image.src = image.dataset.recorded;
    }
    if (this.figure) {
      this.changed.replaceWith(this.figure);
      this.figure = null;
    }
  }

  get images() {
    return [...(this.element?.querySelectorAll(".cell_output img:not(.slider img)") ?? [])];
  }

  redraw(svg) {
    this.images.forEach((image, number) => {
      if (!svg[number]) return;
      image.dataset.recorded ??= image.getAttribute("src");
      image.src = address(svg[number]);
    });
  }

  // A figure with a control of its own, such as a slider.
  replaceHtml(html) {
    const recorded = this.element.querySelector(".cell_output .slider, .cell_output .text_html");
    const made = document.createRange().createContextualFragment(html).firstElementChild;
    if (!recorded || !made) return;
    recorded.replaceWith(made);
    Object.assign(this, { figure: recorded, changed: made });
    document.dispatchEvent(new CustomEvent("slider", { detail: made }));
    this.say("drawn anew");
  }
}

export function button(text, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", action);
  return made;
}

function picture(svg) {
  return Object.assign(new Image(), { src: address(svg), alt: "What the cell draws." });
}

function address(svg) {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
