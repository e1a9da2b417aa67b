// Shows and hides the password on the sign-in page. Without JavaScript the button stays hidden.
for (const button of document.querySelectorAll("[data-show-password]")) {
  const input = document.getElementById(button.getAttribute("aria-controls"));
  const show = (visible) => {
    input.type = visible ? "text" : "password";
    button.setAttribute("aria-pressed", String(visible));
    button.textContent = visible ? button.dataset.hideLabel : button.dataset.label;
  };
  button.hidden = false;
  button.addEventListener("click", () => show(input.type === "password"));
  // never leave a readable password behind in the browser's form memory
  input.form.addEventListener("submit", () => show(false));
}
