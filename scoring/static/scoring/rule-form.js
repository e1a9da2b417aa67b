// Says the rule in plain words while it is being typed; the button "Periksa" does the same without this file.
const form = document.querySelector("#aturan");
const words = document.querySelector("#uraian");
const PAUSE_MS = 600;
let timer;
let asked = 0; // an answer that was overtaken by a newer question is dropped

async function say() {
  const question = ++asked;
  const body = new FormData(form);
  body.set("langkah", "uraian");
  try {
    const answer = await fetch(location.href, { method: "POST", body, redirect: "manual" });
    if (answer.ok && question === asked) words.innerHTML = await answer.text();
  } catch {
    // No network just now: the words stay as they were, and saving says the rest.
  }
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(say, PAUSE_MS);
});
