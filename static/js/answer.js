// Measures the active time on a page of items: only while the tab is visible, and a pause counts for two minutes at most.
// Everything works without this file; a missing time is no flag.
const form = document.querySelector("#butir");
const LONGEST_PAUSE = 120; // seconds

if (form) {
  let seconds = 0;
  let since = document.hidden ? null : performance.now();

  const settle = () => {
    if (since !== null) {
      seconds += Math.min(LONGEST_PAUSE, (performance.now() - since) / 1000);
      since = document.hidden ? null : performance.now();
    } else if (!document.hidden) {
      since = performance.now();
    }
  };

  for (const kind of ["change", "keydown", "pointerdown", "scroll"]) {
    document.addEventListener(kind, settle, { passive: true });
  }
  document.addEventListener("visibilitychange", settle);
  form.addEventListener("submit", () => {
    settle();
    form.elements.seconds.value = seconds.toFixed(1);
  });
}
