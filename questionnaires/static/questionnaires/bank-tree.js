// The tree of a draft: arrow keys and dragging send the same posts as the buttons; without this file the buttons do it all.
const form = document.querySelector("#pindah");
const said = document.querySelector("#bank-said");
const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
let sending = Promise.resolve(); // one move after the other, each from the order that the one before left

async function send(fields) {
  const body = new FormData(form);
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const answer = await fetch(form.action, {
    method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual",
  });
  // Refused or signed out: the page that comes back says why, in the order that holds.
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.json();
}

function take(fields, row) {
  sending = sending.then(() => send(fields)).then((place) => {
    put(row, place);
    said.textContent = place.said;
  }).catch(() => location.reload());
  return sending;
}

// Puts the row where the server says it stands.
function put(row, { section, position }) {
  const list = section ? document.querySelector(`[data-section="${section}"]`) : row.parentElement;
  const others = [...list.children].filter((each) => each !== row);
  const before = others[position - 1] ?? null;
  if (row.parentElement !== list || row.nextElementSibling !== before) list.insertBefore(row, before);
}

function press(button) {
  const row = button.closest("[data-row]");
  take({ pindah: button.value }, row).then(() => {
    button.focus();
    row.scrollIntoView({ block: "nearest", behavior: isCalm ? "auto" : "smooth" });
  });
}

form.addEventListener("submit", (event) => {
  if (!event.submitter) return;
  event.preventDefault();
  press(event.submitter);
});

document.querySelector(".bank-tree").addEventListener("keydown", (event) => {
  if (!event.target.matches(".bank-move button") || event.altKey || event.ctrlKey || event.metaKey) return;
  const place = { ArrowUp: 0, ArrowDown: 1 }[event.key];
  if (place === undefined) return;
  event.preventDefault();
  const button = event.target.parentElement.children[place];
  button.focus();
  press(button);
});

function drop({ item: row, from, to, oldIndex, newIndex }) {
  if (from === to && oldIndex === newIndex) return;
  const fields = { pindah: row.dataset.row, posisi: newIndex + 1 };
  if (to.dataset.section) fields.bagian = to.dataset.section;
  take(fields, row);
}

const options = { handle: ".bank-grip", animation: isCalm ? 0 : 120, ghostClass: "bank-ghost", onEnd: drop };
const { Sortable } = window;
if (Sortable) {
  document.documentElement.classList.add("bank-drags");
  Sortable.create(document.querySelector(".bank-tree"), { ...options, draggable: ".bank-page" });
  for (const list of document.querySelectorAll(".bank-items")) {
    Sortable.create(list, { ...options, group: "butir", draggable: ".bank-row" });
  }
}
