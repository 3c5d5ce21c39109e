// Web Push of this browser: on after a tap on a button that says why, and off.
const device = () => document.querySelector("[data-push-device]").dataset.pushDevice;

async function about() {
  const answer = await fetch(device(), { credentials: "same-origin", redirect: "error" });
  return answer.json();
}

async function connect({ key, csrf }) {
  const worker = await navigator.serviceWorker.ready;
  const serverKey = bytes(key);
  let subscription = await worker.pushManager.getSubscription();
  if (subscription && !same(subscription.options.applicationServerKey, serverKey)) {
    await subscription.unsubscribe();
    subscription = null;
  }
  subscription ||= await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: serverKey,
  });
  const { endpoint, keys } = subscription.toJSON();
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

function same(buffer, expected) {
  const actual = new Uint8Array(buffer || []);
  return actual.length === expected.length && actual.every((byte, at) => byte === expected[at]);
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
  const subscription = await worker?.pushManager?.getSubscription();
  await subscription?.unsubscribe();
}

export async function keep() {
  const now = await about();
  if (now.here && now.key) await connect(now);
}
