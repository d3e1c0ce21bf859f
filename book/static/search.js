// What Sphinx's search lacks on pages from the disk, in a sandbox or under a content security policy.
"use strict";

// Such a page may not read another one, where the excerpts would come from.
if (self.origin === "null") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

// The address of this link is a script, which a policy forbids.
document.addEventListener("click", (event) => {
  if (!event.target.closest(".highlight-link a")) return;
  event.preventDefault();
  SphinxHighlight.hideSearchWords();
});
