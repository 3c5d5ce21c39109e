// A worker that looks for a number whose SHA-256 after a nonce begins with so many zero bits. It hashes by
// itself: `crypto.subtle` is not there without HTTPS, and a call for each of thousands of short texts costs
// more than the hash.
const K = new Int32Array(64);
const START = new Int32Array(8);
for (let n = 2, count = 0; count < 64; n += 1) {
  let prime = true;
  for (let by = 2; by * by <= n; by += 1)
    if (n % by === 0) {
      prime = false;
      break;
    }
  if (!prime) continue;
  const part = (root) => ((root - Math.floor(root)) * 0x100000000) | 0;
  if (count < 8) START[count] = part(Math.sqrt(n));
  K[count] = part(Math.cbrt(n));
  count += 1;
}
const words = new Int32Array(64);
const turn = (x, by) => (x >>> by) | (x << (32 - by));

// The first word of the hash of a text shorter than 56 bytes of ASCII.
function firstWord(text) {
  words.fill(0, 0, 16);
  for (let at = 0; at < text.length; at += 1) words[at >> 2] |= text.charCodeAt(at) << (24 - (at & 3) * 8);
  words[text.length >> 2] |= 0x80 << (24 - (text.length & 3) * 8);
  words[15] = text.length * 8;
  for (let at = 16; at < 64; at += 1) {
    const x = words[at - 15],
      y = words[at - 2];
    const low = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3),
      high = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
    words[at] = (words[at - 16] + low + words[at - 7] + high) | 0;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let at = 0; at < 64; at += 1) {
    const first =
      (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[at] + words[at]) | 0;
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  return (a + START[0]) | 0;
}

onmessage = ({ data: { nonce, bits } }) => {
  for (let tried = 0; ; tried += 1) {
    if (Math.clz32(firstWord(`${nonce}:${tried}`)) >= bits) return postMessage(`${tried}`);
  }
};
