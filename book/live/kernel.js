// The Python that runs a page's cells, in a worker of its own.

export class Kernel {
  // The worker learns by its name which archives beside the sources it needs.
  constructor(data) {
    this.asked = new Map();
    this.count = 0;
    this.worker = new Worker(new URL("worker.js", import.meta.url), {
      type: "module",
      name: ["sources", ...data].join(" "),
    });
    this.ready = new Promise((resolve, reject) => {
      this.worker.onmessage = ({ data }) => {
        if (data.ready) resolve(data.ready);
        else if (data.failed) reject(new Error(data.failed));
        else this.asked.get(data.id)?.(data);
      };
      this.worker.onerror = (event) => {
        reject(new Error(event.message || "the worker cannot start"));
        this.end("Python ended unexpectedly");
      };
    });
    this.ready.catch(() => {});
  }

  // Run a cell; the answer holds what it showed, and `died` if this kernel can run no more.
  run(source, recorded) {
    const id = ++this.count;
    const shown = { text: "", html: [], svg: [] };
    return new Promise((resolve) => {
      this.asked.set(id, (data) => {
        if (data.kind === "text") shown.text += data.content;
        else if (data.kind) shown[data.kind].push(data.content);
        if (!data.done) return;
        this.asked.delete(id);
        resolve({ ...shown, ...data });
      });
      this.worker.postMessage({ id, source, recorded });
    });
  }

  // Give the memory back; what is still asked gets this answer.
  end(why) {
    this.worker.terminate();
    for (const answer of [...this.asked.values()]) answer({ done: true, died: why });
  }
}
