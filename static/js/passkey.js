// Shows what needs a passkey where the browser knows passkeys, and says in words when one was not used.

const trouble = document.querySelector("[data-passkey-trouble]");

for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = !window.PublicKeyCredential;
for (const part of document.querySelectorAll("[data-no-passkey]")) part.hidden = Boolean(window.PublicKeyCredential);

// allauth's scripts tell of every refusal by this event; unless it is prevented they write to the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  trouble.textContent = trouble.dataset.passkeyTrouble;
});
