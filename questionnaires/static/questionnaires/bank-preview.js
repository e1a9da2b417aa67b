// An open preview asks now and then whether the draft has changed, and draws its frames again when it has.
const frames = document.querySelector(".bank-frames");
const PAUSE_MS = 4000;
const ABOVE = 120; // pixels that the progress bar covers
let stamp = frames.dataset.stamp;

async function ask() {
  if (document.hidden) return;
  try {
    const answer = await fetch(frames.dataset.ask, { redirect: "manual" });
    if (!answer.ok) return;
    const now = String((await answer.json()).stamp);
    if (now === stamp) return;
    stamp = now;
    for (const frame of frames.querySelectorAll("iframe")) frame.contentWindow.location.reload();
  } catch {
    // No network just now; the next question may get through.
  }
}

// The item that was asked for comes into view inside its frame; a fragment would scroll this page too.
function show(frame) {
  const item = frame.contentDocument?.getElementById(frames.dataset.item);
  if (item) frame.contentWindow.scrollBy(0, item.getBoundingClientRect().top - ABOVE);
}

for (const frame of frames.querySelectorAll("iframe")) {
  if (frame.contentDocument?.readyState === "complete") show(frame);
  frame.addEventListener("load", () => show(frame), { once: true });
}

setInterval(ask, PAUSE_MS);
document.addEventListener("visibilitychange", ask);
