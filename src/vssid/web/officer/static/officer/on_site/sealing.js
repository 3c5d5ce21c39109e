// What lies on the device is sealed under a key that is made of the officer's password, is in memory only and
// cannot be read out of it. Each box says what it belongs to: put elsewhere, it does not open.
export const ROUNDS = 600_000;
const written = new TextEncoder();

export async function keyOf(password, salt, rounds = ROUNDS) {
  const plain = password.normalize("NFC").trim();
  const base = await crypto.subtle.importKey("raw", written.encode(plain), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

export const random = (count) => crypto.getRandomValues(new Uint8Array(count));

// `about`: officer, day, file, and what of it.
const bound = (about) => written.encode(JSON.stringify(about));

export async function seal(key, about, bytes) {
  const nonce = random(12);
  const how = { name: "AES-GCM", iv: nonce, additionalData: bound(about) };
  return { nonce, sealed: await crypto.subtle.encrypt(how, key, bytes) };
}
// Rejects for another key, and for a box that belongs elsewhere.
export const open = (key, about, { nonce, sealed }) =>
  crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData: bound(about) }, key, sealed);

export const sealJson = (key, about, value) => seal(key, about, written.encode(JSON.stringify(value)));
export const openJson = async (key, about, box) =>
  JSON.parse(new TextDecoder().decode(await open(key, about, box)));
