// Where a browser refuses to store anything (blocked cookies, a sandboxed frame), its localStorage
// throws.  The theme and the search then get one that lasts as long as the page.
"use strict";

try {
  window.localStorage.length;
} catch {
  const kept = new Map();
  const value = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => kept.set(key, String(text)),
    removeItem: (key) => kept.delete(key),
  };
  Object.defineProperty(window, "localStorage", { value });
}
