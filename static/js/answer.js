// A page of items: measures the active time, and saves every few answers, when the page is idle, hidden or left.
// Nothing is called saved before the server has acknowledged it. What it has not acknowledged waits in this browser
// and goes when the network is back. Everything works without this file, as plain posts. One file on purpose: on a
// weak signal a second one may never arrive.

const form = document.querySelector("#butir");
const state = document.querySelector(".saved");
const ANSWERS_A_SAVE = 3;
const IDLE_MS = 4000;
const FIRST_RETRY_MS = 5000;
const LONGEST_RETRY_MS = 60000;
const WAITING = "cermin-pending:"; // begins the names of the entries
const LONGEST_WAIT_MS = 14 * 24 * 60 * 60 * 1000; // a period rarely stays open longer; then an entry is only a trace
const LONGEST_PAUSE = 120; // seconds of active time that a pause may add

const page = form?.dataset.page; // names this page of this attempt among the answers that wait
let seconds = 0;
let since = document.hidden ? null : performance.now();
let changes = 0; // answers changed since the last acknowledged save
let saving = null; // the save under way
let isOff = false; // the last save found no network
let retry = FIRST_RETRY_MS;
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

// --- answers that wait: one entry a page, in this browser only, not encrypted; cleared when the server has them and at
// sign-out ---

// Storage may be full, switched off, or cleared at any time: then the page keeps its choices, as it did without.
function quietly(work) {
  try {
    return work();
  } catch {
    return null;
  }
}

function names() {
  return quietly(() => Object.keys(localStorage).filter((name) => name.startsWith(WAITING))) ?? [];
}

// entry: { base, fields: [[name, value], ...] }
function keep(page, entry) {
  quietly(() => localStorage.setItem(WAITING + page, JSON.stringify({ ...entry, at: Date.now() })));
}

function find(page) {
  const entry = quietly(() => JSON.parse(localStorage.getItem(WAITING + page)));
  return entry && Date.now() - entry.at < LONGEST_WAIT_MS ? entry : null;
}

function drop(page) {
  quietly(() => localStorage.removeItem(WAITING + page));
}

function dropAll() {
  for (const name of names()) quietly(() => localStorage.removeItem(name));
}

const OWN_FIELDS = ["csrfmiddlewaretoken", "base", "seconds", "go"];

function choices() {
  return [...new FormData(form)].filter(([name]) => !OWN_FIELDS.includes(name));
}

function remember() {
  keep(page, { base: form.elements.base.value, fields: choices() });
}

// What waits for this page, unless the server has it already: a plain post is not acknowledged to this script.
function waiting() {
  const entry = find(page);
  if (!entry) return null;
  const drawn = new Map(choices());
  if (entry.fields.some(([name, value]) => drawn.get(name) !== value)) return entry;
  drop(page);
  return null;
}

// Puts back what waits, with the answers it was drawn from, so that the server merges it with what came since.
function restore({ base, fields }) {
  for (const [name, value] of fields) {
    const field = form.elements.namedItem(name);
    if (field) field.value = value; // of a radio group: chooses the button with this value
  }
  form.elements.base.value = base;
  changes = 1;
  say(state.dataset.waiting);
}

// --- saving ---

async function send() {
  const sent = changes;
  takeSeconds();
  const body = new FormData(form);
  body.set("go", "autosave");
  say(state.dataset.saving, "is-saving");
  try {
    const response = await fetch(form.action, { method: "POST", body, keepalive: true, redirect: "manual" });
    isOff = false;
    if (response.type === "opaqueredirect") return askToSignIn();
    if (!response.ok) throw new Error(`status ${response.status}`);
    const answer = await response.json();
    changes -= sent;
    form.elements.base.value = answer.base;
    for (const [code, mark] of Object.entries(answer.seen)) form.elements[`${code}:seen`].value = mark;
    document.querySelector("progress").value = answer.answered;
    document.querySelector("#kemajuan").textContent = answer.progress;
    if (changes) remember();
    else drop(page);
    retry = FIRST_RETRY_MS;
    say(changes ? state.dataset.unsaved : answer.saved);
  } catch (problem) {
    // The choices stay on the page and in this browser; the next save or the next page sends them all.
    isOff = problem instanceof TypeError;
    say(isOff ? state.dataset.offline : state.dataset.failed, isOff ? "is-off" : "is-failed");
    if (isOff) {
      timer = setTimeout(save, retry);
      retry = Math.min(2 * retry, LONGEST_RETRY_MS);
    }
  }
}

// The session has ended: the door leads back to this page, and what waits is put back then.
function askToSignIn() {
  say(state.dataset.signedOut, "is-failed");
  const link = document.createElement("a");
  link.href = state.dataset.door;
  link.textContent = state.dataset.doorLabel;
  state.append(" ", link);
}

// One save at a time: each is drawn from the answers that the one before brought back.
function save() {
  clearTimeout(timer);
  if (!saving && changes) saving = send().finally(() => { saving = null; });
  return saving ?? Promise.resolve();
}

function changed() {
  settle();
  changes += 1;
  remember();
  if (!saving) say(isOff ? state.dataset.offline : state.dataset.unsaved, isOff ? "is-off" : "");
  clearTimeout(timer);
  if (changes >= ANSWERS_A_SAVE && !isOff) save();
  else timer = setTimeout(save, isOff ? retry : IDLE_MS);
}

// --- choosing ---

// The best action cannot be the worst one as well: the later choice stands. What it took comes back when it moves on,
// because the arrow keys choose every action on their way.
const taken = new WeakMap(); // situation -> the button that a later choice unchecked

function keepApart({ target }) {
  const vignette = target.closest("[data-differ]");
  if (!vignette) return;
  const before = taken.get(vignette);
  if (before && before.name !== target.name) before.checked = true;
  taken.delete(vignette);
  for (const other of vignette.querySelectorAll(":checked")) {
    if (other === target || other.value !== target.value) continue;
    other.checked = false;
    taken.set(vignette, other);
  }
}

// 1 to 9 choose within the group of buttons that has the focus, as the arrows do.
function pickByNumber(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.type !== "radio") return;
  const button = [...form.elements.namedItem(event.target.name)].at(Number(event.key) - 1 || Infinity);
  if (!/^[1-9]$/.test(event.key) || !button) return;
  button.focus();
  button.click();
}

if (form && state) {
  const entry = form.dataset.redrawn === undefined ? waiting() : null;
  if (entry) {
    restore(entry);
    save();
  } else if (form.dataset.redrawn !== undefined) {
    // Drawn with choices that are not stored: what waits is older than what the person sees now.
    drop(page);
    changes = 1;
    if (form.dataset.redrawn === "interrupted") save();
  }

  form.addEventListener("change", keepApart); // before what is chosen is remembered and sent
  form.addEventListener("change", changed);
  form.addEventListener("input", (event) => { if (event.target.matches("textarea")) remember(); });
  form.addEventListener("keydown", pickByNumber);
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
    if (isOff || !navigator.onLine) {
      // Without network the next page cannot be fetched, and this one would be gone.
      event.preventDefault();
      isOff = true;
      remember();
      changes = Math.max(1, changes);
      say(state.dataset.offline, "is-off");
      state.scrollIntoView({ block: "nearest" });
      save();
      return;
    }
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

  // Signing out clears this browser; the server asks for the same with Clear-Site-Data.
  document.querySelector("[data-sign-out]")?.addEventListener("submit", () => dropAll());

  navigator.serviceWorker?.register(form.dataset.worker).catch(() => {}); // only the offline page depends on it
}
