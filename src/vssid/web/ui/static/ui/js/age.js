// A stored page says how old it is: the first <time data-confirmed datetime="…"> against the clock. After
// data-fresh-days it says that it is out of date, with or without a network. A card on it whose last day
// (data-ends) is over turns itself into one that has ended.
const STEPS = [
  [86400, 2],
  [3600, 1],
  [60, 0],
];
const VIETNAM = 7 * 3600000;

export function showAge(now = Date.now()) {
  const root = document.documentElement;
  const stored = root.hasAttribute("data-stored");
  document.querySelectorAll("[data-stored-only]").forEach((part) => {
    part.hidden = !stored;
  });
  document.querySelectorAll("[data-offline-only]").forEach((part) => {
    part.hidden = stored || navigator.onLine;
  });
  const confirmed = document.querySelector("time[data-confirmed]");
  const place = document.querySelector("[data-age]");
  endCards(now);
  if (!confirmed || !place) return;
  sayOutdated(confirmed, now);
  place.textContent = ` · ${place.dataset.prefix} ${confirmed.textContent.trim()}${ago(confirmed, place, now)}`;
}

function sayOutdated(confirmed, now) {
  const days = Number(confirmed.dataset.freshDays);
  const old = days > 0 && now - Date.parse(confirmed.dateTime) > days * 86400000;
  document.documentElement.toggleAttribute("data-old", old);
  document.querySelectorAll("[data-if-old]").forEach((part) => {
    part.hidden = !old;
  });
  document.querySelectorAll("[data-unless-old]").forEach((part) => {
    part.hidden = old;
  });
  const words = document.querySelector("[data-outdated]");
  words.hidden = !old;
  words.textContent = old ? words.dataset.outdated.replace("{n}", days) : "";
}

function endCards(now) {
  const today = new Date(now + VIETNAM).toISOString().slice(0, 10);
  document.querySelectorAll("[data-ends]:not([data-ended])").forEach((card) => {
    if (today <= card.dataset.ends) return;
    card.toggleAttribute("data-ended", true);
    card.querySelectorAll("[data-if-ended]").forEach((part) => {
      part.hidden = false;
    });
    card.querySelectorAll("[data-unless-ended]").forEach((part) => {
      part.remove();
    });
  });
}

function ago(confirmed, place, now) {
  const seconds = (now - Date.parse(confirmed.dateTime)) / 1000;
  const units = place.dataset.units.split(",");
  const step = STEPS.find(([size]) => seconds >= size);
  if (!step) return "";
  return ` (${place.dataset.ago.replace("{n}", Math.floor(seconds / step[0])).replace("{unit}", units[step[1]])})`;
}
