// How long a file took, from opening it to its decision: for the officer at this screen alone. Measured and kept
// in this tab, for one post and one day; nothing of it is sent.
const KEPT = "vssid-officer-pace";
const SECOND = 1000;

const today = () => new Date().toDateString();
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
const middle = (times) => [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) / 2)];

function read(who) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT));
    if (kept?.who === who && kept.day === today()) return kept;
  } catch {
    /* nothing kept, or a private window */
  }
  return { who, day: today(), file: "", begun: 0, times: [] };
}
function keep(kept) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  } catch {
    /* private window */
  }
}

function look(who) {
  const kept = read(who),
    open = document.querySelector("[data-keep]")?.dataset.file,
    decided = document.querySelector("[data-pace]");
  if (open && open !== kept.file) keep({ ...kept, file: open, begun: Date.now() });
  if (!decided) return;
  if (decided.dataset.pace === kept.file && kept.begun) {
    kept.times.push(Math.round((Date.now() - kept.begun) / SECOND));
    kept.begun = 0; // a decision is counted once, however often its page is drawn
    keep(kept);
  }
  if (decided.dataset.pace !== kept.file || !kept.times.length) return;
  const part = (name) => decided.querySelector(`[data-pace-${name}]`);
  part("this").textContent = clock(kept.times.at(-1));
  part("count").textContent = kept.times.length;
  part("middle").textContent = clock(middle(kept.times));
  decided.hidden = false;
}

export function pace(box) {
  const who = box.dataset.post;
  look(who);
  document.addEventListener("desk:served", () => look(who));
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-signout]")) sessionStorage.removeItem(KEPT);
  });
}
