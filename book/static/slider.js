// A slider shows the picture of its value and says the value.
"use strict";

function connect(slider) {
  const pictures = [...slider.querySelectorAll("img")];
  const input = slider.querySelector("input");
  const output = slider.querySelector("output");
  const show = () => {
    const chosen = input.valueAsNumber;
    pictures.forEach((picture, number) => (picture.hidden = number !== chosen));
    output.value = pictures[chosen].dataset.value;
    input.setAttribute("aria-valuetext", output.value);
  };
  input.addEventListener("input", show);
  show(); // a reloaded page may remember another value
}

// A slider that was drawn anew on a page that runs.
document.addEventListener("slider", (event) => connect(event.detail));
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".slider").forEach(connect);
});
