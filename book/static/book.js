// Let the keyboard scroll what is wider than its box.
"use strict";

const BOXES = "pre, .math-wrapper, .table-wrapper, .cell_output .output";

function markScrollable() {
  for (const box of document.querySelectorAll(BOXES)) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

document.addEventListener("DOMContentLoaded", markScrollable);
window.addEventListener("load", markScrollable);
window.addEventListener("resize", markScrollable);
document.addEventListener("toggle", markScrollable, true);
