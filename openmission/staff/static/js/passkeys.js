// Shows what needs passkeys only where the device has them, and says so when one was not used.

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkeys]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-no-passkeys]")) part.hidden = true;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const text of document.querySelectorAll("[data-passkey-trouble]")) text.hidden = false;
});
