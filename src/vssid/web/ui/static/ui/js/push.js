// Web Push of this browser: on after a tap on a button that says why, and off.
const device = () => document.querySelector("[data-push-device]").dataset.pushDevice;

async function about() {
  const answer = await fetch(device(), { credentials: "same-origin", redirect: "error" });
  return answer.json();
}

async function connect({ key, csrf }) {
  const worker = await navigator.serviceWorker.ready;
  const wanted = bytes(key);
  let found = await worker.pushManager.getSubscription();
  if (found && !same(found.options.applicationServerKey, wanted)) {
    await found.unsubscribe();
    found = null;
  }
  found ||= await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted });
  const { endpoint, keys } = found.toJSON();
  const answer = await fetch(device(), {
    method: "POST",
    credentials: "same-origin",
    redirect: "error",
    headers: { "X-CSRFToken": csrf },
    body: new URLSearchParams({ endpoint, ...keys }),
  });
  if (!answer.ok) throw new Error("not kept");
}

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function same(buffer, wanted) {
  const found = new Uint8Array(buffer || []);
  return found.length === wanted.length && found.every((byte, at) => byte === wanted[at]);
}

export const possible = () => Boolean(navigator.serviceWorker && window.PushManager && window.Notification);

// Answers on, denied, or failed. The question of the browser comes first: it must follow the tap.
export async function turnOn() {
  if ((await Notification.requestPermission()) !== "granted") return "denied";
  try {
    await connect(await about());
    return "on";
  } catch {
    return "failed";
  }
}

export async function turnOff() {
  const worker = await navigator.serviceWorker?.getRegistration();
  const found = await worker?.pushManager?.getSubscription();
  await found?.unsubscribe();
}

export async function keep() {
  const now = await about();
  if (now.here && now.key) await connect(now);
}
