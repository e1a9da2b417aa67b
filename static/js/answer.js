// A page of items: measures the active time, and saves every few answers, when the page is idle, hidden or left.
// Nothing is called saved before the server has acknowledged it; everything works without this file as plain posts.
const form = document.querySelector("#butir");
const state = document.querySelector(".saved");
const ANSWERS_A_SAVE = 3;
const IDLE_MS = 4000;
const LONGEST_PAUSE = 120; // seconds of active time that a pause may add

let seconds = 0;
let since = document.hidden ? null : performance.now();
let changes = 0; // answers changed since the last acknowledged save
let saving = null; // the save under way
let timer;

function settle() {
  if (since !== null) seconds += Math.min(LONGEST_PAUSE, (performance.now() - since) / 1000);
  since = document.hidden ? null : performance.now();
}

function say(text, mark = "") {
  if (text) state.textContent = text;
  for (const each of ["is-saving", "is-off", "is-failed"]) state.classList.toggle(each, each === mark);
}

function takeSeconds() {
  settle();
  form.elements.seconds.value = seconds.toFixed(1);
  seconds = 0;
}

async function send() {
  const sent = changes;
  takeSeconds();
  const body = new FormData(form);
  body.set("go", "autosave");
  say(state.dataset.saving, "is-saving");
  try {
    const response = await fetch(form.action, { method: "POST", body, keepalive: true, redirect: "manual" });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const answer = await response.json();
    changes -= sent;
    form.elements.base.value = answer.base;
    document.querySelector("progress").value = answer.answered;
    document.querySelector("#kemajuan").textContent = answer.progress;
    say(changes ? state.dataset.unsaved : answer.saved);
  } catch (problem) {
    // The choices stay on the page; the next save or the next page sends them all.
    say(problem instanceof TypeError ? state.dataset.offline : state.dataset.failed, problem instanceof TypeError ? "is-off" : "is-failed");
  }
}

// One save at a time: each is drawn from the answers that the one before brought back.
function save() {
  clearTimeout(timer);
  if (!saving && changes) saving = send().finally(() => { saving = null; });
  return saving ?? Promise.resolve();
}

if (form && state) {
  form.addEventListener("change", () => {
    settle();
    changes += 1;
    if (!saving) say(state.dataset.unsaved);
    clearTimeout(timer);
    if (changes >= ANSWERS_A_SAVE) save();
    else timer = setTimeout(save, IDLE_MS);
  });
  for (const kind of ["keydown", "pointerdown", "scroll"]) document.addEventListener(kind, settle, { passive: true });
  document.addEventListener("visibilitychange", () => {
    settle();
    if (document.hidden) save();
  });
  window.addEventListener("pagehide", save);
  window.addEventListener("online", save);

  let leaving = false;
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (saving && !leaving) {
      // Wait for the save under way, so that the page does not contradict itself.
      event.preventDefault();
      const button = event.submitter;
      saving.then(() => { leaving = true; form.requestSubmit(button); });
      return;
    }
    changes = 0; // what the page sends now needs no other save
    takeSeconds();
  });

  // The language switch draws the page anew: first save what was chosen.
  for (const other of document.querySelectorAll("form.lang")) {
    other.addEventListener("submit", (event) => {
      if (!changes && !saving) return;
      event.preventDefault();
      const button = event.submitter;
      save().then(save).finally(() => { changes = 0; other.requestSubmit(button); });
    });
  }
}
