// On narrow screens the side bars are drawers, which the browser opens and closes as popovers.
// While one is open the focus stays in it, and what the reader chooses closes it.
"use strict";

const BESIDE_A_DRAWER = ".skip-to-content, .mobile-header, .sidebar-drawer, .content, .toc-drawer";

function connectDrawer(drawer) {
  const close = () => drawer.hidePopover();
  drawer.addEventListener("beforetoggle", (event) => {
    for (const part of document.querySelectorAll(BESIDE_A_DRAWER)) {
      part.inert = part !== drawer && event.newState === "open";
    }
  });
  drawer.addEventListener("toggle", (event) => {
    const links = [...drawer.querySelectorAll("a")];
    if (event.newState === "open") links.find((link) => link.checkVisibility()).focus();
  });
  drawer.addEventListener("click", (event) => {
    if (event.target.closest("a")) close();
  });
  // The browser would do this by itself if the key did not also hide the marks of a search.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  window.addEventListener("pagehide", close); // a page that comes back is as it was left
  window.addEventListener("resize", () => {
    if (!drawer.querySelector(".drawer-close").checkVisibility()) close();
  });
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[popover]").forEach(connectDrawer);
});
