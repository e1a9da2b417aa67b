// The form of an item shows only what its type needs. Without this file everything is shown, and nothing is lost.
const type = document.querySelector("#id_type");
const WITH_OPTIONS = ["sjt_best", "sjt_best_worst", "sjt_rate", "forced_choice", "single_choice"];

function show() {
  for (const part of document.querySelectorAll(".bank-for")) {
    part.hidden = !part.classList.contains(`bank-for-${type.value}`);
  }
  const options = document.querySelector("#options-group");
  if (options) options.hidden = !WITH_OPTIONS.includes(type.value);
}

if (type) {
  type.addEventListener("change", show);
  show();
}
