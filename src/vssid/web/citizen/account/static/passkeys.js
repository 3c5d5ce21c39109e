// Passkeys of a person: a new one with the password, or one to sign in with.
import { make, run, use } from "../ui/js/passkey.js";

const go = (said) => said && location.assign(said.next);

const adding = document.querySelector("[data-passkey-add]");
adding?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = adding.querySelector("[type=submit]");
  go(await run(adding, button, () => make(adding.dataset, { password: adding.elements.password.value })));
});

const entering = document.querySelector("[data-passkey-sign-in]");
if (entering && !window.PublicKeyCredential) entering.hidden = true;
entering?.querySelector("[data-passkey-button]").addEventListener("click", async (event) => {
  const form = entering.closest("form");
  const asked = { name: form.elements.name.value.trim() };
  const told = { tiep: form.elements.tiep?.value ?? "" };
  go(await run(entering, event.currentTarget, () => use(entering.dataset, asked, told)));
});
