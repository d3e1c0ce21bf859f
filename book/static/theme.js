// Show the colours that the reader chose before.
"use strict";

document.body.dataset.theme = localStorage.getItem("theme") || "auto";
