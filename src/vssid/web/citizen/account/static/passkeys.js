// Passkeys: ask the server for a challenge, the device for an answer, and the server again.
const csrf = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

class Refused extends Error {}

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    credentials: "same-origin",
    redirect: "error",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() },
    body: JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Refused(said.refused || "");
  return said;
}

async function add({ begin, finish }, password) {
  const options = await post(begin, { password });
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: options.excludeCredentials.map((credential) => ({
        ...credential,
        id: bytes(credential.id),
      })),
    },
  });
  return post(finish, {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    },
  });
}

async function signIn({ begin, finish }, name, nextPath) {
  const options = await post(begin, { name });
  const assertion = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: (options.allowCredentials ?? []).map((credential) => ({
        ...credential,
        id: bytes(credential.id),
      })),
    },
  });
  const { response } = assertion;
  return post(finish, {
    id: assertion.id,
    rawId: text(assertion.rawId),
    type: assertion.type,
    tiep: nextPath,
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    },
  });
}

async function run(box, button, act) {
  const said = box.querySelector("[data-passkey-refused]");
  said.textContent = "";
  button.setAttribute("aria-busy", "true");
  try {
    location.assign((await act()).next);
  } catch (error) {
    // Closing the device's own dialogue is no failure worth many words.
    said.textContent = error instanceof Refused && error.message ? error.message : box.dataset.failed;
    button.removeAttribute("aria-busy");
  }
}

const adding = document.querySelector("[data-passkey-add]");
adding?.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = adding.querySelector("[type=submit]");
  if (!button.hasAttribute("aria-busy"))
    run(adding, button, () => add(adding.dataset, adding.elements.password.value));
});

const entering = document.querySelector("[data-passkey-sign-in]");
if (entering && !window.PublicKeyCredential) entering.hidden = true;
entering?.querySelector("[data-passkey-button]").addEventListener("click", (event) => {
  const form = entering.closest("form");
  const name = form.elements.name.value.trim();
  const button = event.currentTarget;
  if (!button.hasAttribute("aria-busy"))
    run(entering, button, () => signIn(entering.dataset, name, form.elements.tiep?.value ?? ""));
});
