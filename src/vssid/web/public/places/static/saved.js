// Places a person keeps: on this device only, nothing is sent. What is read back is looked at before it is
// shown.
import { KEY, obey } from "../ui/js/shelf.js";

export const MOST = 50;
const PATH = /^\/tra-cuu\/(co-quan-bhxh|co-so-kham-chua-benh|diem-thu)\/[A-Z0-9]{1,12}$/;
const DAY = /^\d{2}\/\d{2}\/\d{4}$/;
const TEXTS = { name: 200, address: 300, phone: 40 };

const isText = (value, longest) => typeof value === "string" && value.length <= longest;
const isDegree = (value, least, most) => typeof value === "number" && value >= least && value <= most;

function isPlace(place) {
  return (
    place !== null &&
    typeof place === "object" &&
    isText(place.path, 60) &&
    PATH.test(place.path) &&
    isText(place.name, 200) &&
    place.name !== ""
  );
}

function clean(place) {
  const kept = { path: place.path, hours: [], day: DAY.test(place.day) ? place.day : "" };
  for (const [name, longest] of Object.entries(TEXTS))
    kept[name] = isText(place[name], longest) ? place[name] : "";
  if (Array.isArray(place.hours)) kept.hours = place.hours.filter((line) => isText(line, 200)).slice(0, 20);
  const there = isDegree(place.latitude, 5, 25) && isDegree(place.longitude, 100, 120);
  return { ...kept, latitude: there ? place.latitude : null, longitude: there ? place.longitude : null };
}

export function read() {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) || "[]");
    return Array.isArray(stored) ? stored.filter(isPlace).slice(0, MOST).map(clean) : [];
  } catch {
    return [];
  }
}

// False where the device keeps nothing.
export function write(places) {
  try {
    localStorage.setItem(KEY, JSON.stringify(places));
    return true;
  } catch {
    return false;
  }
}

// The button of a place's page.
const button = document.querySelector("[data-save]");
if (button) {
  const place = JSON.parse(button.dataset.save);
  const said = document.querySelector("[data-save-said]");
  const others = () => read().filter((kept) => kept.path !== place.path);
  const show = (saved) => {
    button.setAttribute("aria-pressed", String(saved));
    button.querySelector("span").textContent = saved ? button.dataset.saved : button.dataset.notSaved;
  };
  const isSaved = () => read().some((kept) => kept.path === place.path);
  show(isSaved());
  if (isSaved()) write(read().map((kept) => (kept.path === place.path ? place : kept))); // as it is today
  obey().then(() => show(isSaved()));
  button.addEventListener("click", () => {
    const rest = others();
    if (button.getAttribute("aria-pressed") === "true") {
      write(rest);
      show(false);
      said.textContent = said.dataset.dropped;
    } else if (rest.length >= MOST) {
      said.textContent = said.dataset.full;
    } else if (write([...rest, place])) {
      show(true);
      said.textContent = said.dataset.kept;
    } else {
      said.textContent = said.dataset.cannot;
    }
  });
}

// The list.
const list = document.querySelector("[data-saved-list]");
if (list) {
  const item = document.querySelector("[data-saved-item]").content.firstElementChild;
  const none = document.querySelector("[data-saved-none]");
  const said = document.querySelector("[data-saved-said]");
  const undo = document.querySelector("[data-saved-undo]");
  let dropped = null;

  const fill = (place, at) => {
    const shown = item.cloneNode(true);
    const part = (name) => shown.querySelector(`[data-${name}]`);
    part("name").textContent = place.name;
    part("name").href = place.path;
    part("address").textContent = place.address;
    part("hours").replaceChildren(
      ...place.hours.flatMap((line) => [document.createTextNode(line), document.createElement("br")]),
    );
    part("phone").textContent = place.phone;
    part("day").textContent = place.day;
    part("day").parentElement.hidden = !place.day;
    const bare = place.phone.replace(/[\s().-]/g, "");
    const number = /^\+?\d{3,15}$/.test(bare) ? bare : ""; // anything else is only shown
    part("call").hidden = !number;
    part("call").href = `tel:${number}`;
    const { latitude, longitude } = place;
    part("way").hidden = latitude === null;
    part("way").href = `geo:${latitude},${longitude}?q=${latitude},${longitude}`;
    part("drop").setAttribute("aria-label", `${part("drop").textContent.trim()}: ${place.name}`);
    part("drop").addEventListener("click", () => drop(place, at));
    return shown;
  };

  const draw = () => {
    const places = read();
    list.replaceChildren(...places.map(fill));
    none.hidden = places.length > 0;
  };

  function drop(place, at) {
    dropped = { place, at };
    write(read().filter((kept) => kept.path !== place.path));
    draw();
    said.textContent = said.dataset.dropped.replace("{name}", place.name);
    undo.hidden = false;
    undo.focus();
  }

  undo.addEventListener("click", () => {
    const places = read();
    places.splice(dropped.at, 0, dropped.place);
    write(places);
    draw();
    undo.hidden = true;
    said.textContent = said.dataset.back.replace("{name}", dropped.place.name);
    list.children[dropped.at]?.querySelector("[data-name]").focus();
  });

  window.addEventListener("storage", draw);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) draw();
  }); // emptied since, and come back to
  obey().then(draw); // nothing is shown of who is signed in no more
}
