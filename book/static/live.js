// Offer to run the cells of this page, where that is possible; nothing is fetched before the click.
"use strict";

function offerToRun(offer, page) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = `Edit and run this page (${offer.dataset.megabytes} MB, once)`;
  const problem = document.createElement("span");
  problem.setAttribute("role", "alert");
  button.addEventListener("click", async () => {
    button.disabled = true;
    problem.textContent = "";
    try {
      await (await import(page)).open(offer);
    } catch (error) {
      button.disabled = false;
      problem.textContent = ` This page cannot run here: ${error.message}.`;
    }
  });
  offer.replaceChildren(button, problem);
}

{
  const offer = document.querySelector(".live-offer[data-cells]");
  const page = new URL("live/page.js", document.currentScript.src);
  if (offer && location.protocol !== "file:" && window.WebAssembly) offerToRun(offer, page);
}
