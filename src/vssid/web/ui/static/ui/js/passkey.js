// Passkeys: ask the server for a challenge, the device for an answer, and the server again.
const csrf = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
const named = (credentials) =>
  (credentials ?? []).map((credential) => ({ ...credential, id: bytes(credential.id) }));

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

// A new one; `asked` goes with the question.
export async function make({ begin, finish }, asked) {
  const options = await post(begin, asked);
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: named(options.excludeCredentials),
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

// One that the device has; `asked` goes with the question, `told` with the answer.
export async function use({ begin, finish }, asked, told) {
  const options = await post(begin, asked);
  const assertion = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: named(options.allowCredentials),
    },
  });
  const { response } = assertion;
  return post(finish, {
    id: assertion.id,
    rawId: text(assertion.rawId),
    type: assertion.type,
    ...told,
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    },
  });
}

// Runs the act of a button once at a time; gives what the server said, or says in the box why not.
export async function run(box, button, act) {
  if (button.hasAttribute("aria-busy")) return null;
  const said = box.querySelector("[data-passkey-refused]");
  said.textContent = "";
  button.setAttribute("aria-busy", "true");
  try {
    return await act();
  } catch (error) {
    // Closing the device's own dialogue is no failure worth many words.
    said.textContent = error instanceof Refused && error.message ? error.message : box.dataset.failed;
    button.removeAttribute("aria-busy");
    return null;
  }
}
