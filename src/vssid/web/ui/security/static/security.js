// Passkeys of people at work: a new one, one to sign in with, one that answers for a risky act.
import { make, run, use } from "./js/passkey.js";

const ACTS = {
  add: (box) => make(box.dataset, {}),
  enter: (box) => use(box.dataset, {}, { tiep: box.closest("form").elements.tiep.value }),
  prove: (box) => use(box.dataset, {}, {}),
};

for (const box of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) {
    box.hidden = true;
    continue;
  }
  box.querySelector("[data-passkey-button]").addEventListener("click", async (event) => {
    const said = await run(box, event.currentTarget, () => ACTS[box.dataset.passkey](box));
    if (!said) return;
    // Proved: the form that was sent goes on as it was, without a code.
    if (box.dataset.passkey === "prove") box.closest("form").submit();
    else location.assign(said.next);
  });
}
