// Let the keyboard scroll what is wider than its box, close an open drawer with Escape, and let the
// search work from the disk.
"use strict";

const BOXES = "pre, .math-wrapper, .table-wrapper, .cell_output .output";

function markScrollable() {
  for (const box of document.querySelectorAll(BOXES)) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

function closeDrawers() {
  for (const toggle of document.querySelectorAll(".sidebar-toggle:checked")) {
    toggle.checked = false;
    toggle.focus();
  }
}

// A page on the disk may not read another one, from which the excerpts of a search would come.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

document.addEventListener("DOMContentLoaded", markScrollable);
window.addEventListener("load", markScrollable);
window.addEventListener("resize", markScrollable);
document.addEventListener("toggle", markScrollable, true);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeDrawers();
});
