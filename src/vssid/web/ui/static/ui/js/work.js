// The challenge after a few tries: the browser looks for a number whose hash begins with zeros, so that nobody
// has to solve a puzzle. Without a script, or where hashing is not offered, the sum stays.
const form = document.querySelector("[data-work]");
const said = form.querySelector("[data-work-said]");
const sum = form.querySelector("[data-sum]");
const { nonce, bits } = form.dataset;
const encoder = new TextEncoder();
const AT_ONCE = 256;

function zeros(buffer) {
  const first = new DataView(buffer).getUint32(0);
  return first ? Math.clz32(first) : 32;
}

async function work() {
  for (let from = 0; ; from += AT_ONCE) {
    const tries = Array.from({ length: AT_ONCE }, (_, at) => `${from + at}`);
    const hashes = await Promise.all(
      tries.map((one) => crypto.subtle.digest("SHA-256", encoder.encode(`${nonce}:${one}`))),
    );
    const at = hashes.findIndex((hash) => zeros(hash) >= Number(bits));
    if (at >= 0) return tries[at];
  }
}

if (globalThis.crypto?.subtle) {
  sum.hidden = true;
  said.textContent = said.dataset.busy;
  try {
    form.elements.viec.value = await work();
    said.textContent = said.dataset.done;
    if ("send" in form.dataset) form.requestSubmit();
  } catch {
    sum.hidden = false;
    said.textContent = "";
  }
}
