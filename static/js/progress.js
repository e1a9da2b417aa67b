// Follows a background job: asks for the page again every two seconds and shows how far it is, until it has ended.
// Without this script the link "Perbarui" does the same.
const PAUSE = 2000;

async function follow() {
  const here = document.querySelector("[data-progress]");
  if (!here) return;
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const there = page.querySelector("[data-progress]");
    if (!there) return location.reload();
    if (here.innerHTML !== there.innerHTML) here.replaceChildren(...there.childNodes);
  } catch {
    // No network for a moment: the next try may succeed.
  }
  setTimeout(follow, PAUSE);
}

setTimeout(follow, PAUSE);
