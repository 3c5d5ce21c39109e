// A list in which all is chosen at once, and how many are. The form works without it.
const all = document.querySelector("[data-choose-all]");
const boxes = [...document.querySelectorAll("input[name=chon]")];

function tell() {
  const chosen = boxes.filter((box) => box.checked).length;
  const master = all.querySelector("input");
  master.checked = chosen === boxes.length;
  master.indeterminate = chosen > 0 && chosen < boxes.length;
  document.querySelector("[data-choose-count]").textContent = chosen;
}

if (all) {
  all.hidden = false;
  document.querySelector("[data-choose-said]").hidden = false;
  all.addEventListener("change", (event) => {
    for (const box of boxes) box.checked = event.target.checked;
    tell();
  });
  document.addEventListener("change", (event) => event.target.name === "chon" && tell());
  tell();
}
