// The arrow in the top bar goes back like the button below: what was typed is kept.
const back = document.querySelector("[data-back]");
const arrow = document.querySelector(".wizard .top > a.tool");
if (back && arrow) {
  arrow.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    back.form.requestSubmit(back);
  });
}

// "Send a new code" counts down; the server counts too.
const again = document.querySelector("[data-wait]");
if (again && Number(again.dataset.wait) > 0) {
  const words = again.textContent;
  const ready = Date.now() + Number(again.dataset.wait) * 1000;
  again.disabled = true;
  const tick = () => {
    const left = Math.ceil((ready - Date.now()) / 1000);
    if (left <= 0) {
      again.disabled = false;
      again.textContent = words;
      return;
    }
    again.textContent = again.dataset.waitText.replace("{s}", left);
    setTimeout(tick, 500);
  };
  tick();
}
