// The browser's own install prompt, where there is one: kept quiet until somebody taps [data-install].
let prompt = null;
const show = () =>
  document.querySelectorAll("[data-install]").forEach((button) => {
    button.hidden = !prompt;
  });

window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  prompt = event;
  show();
});
window.addEventListener("appinstalled", () => {
  prompt = null;
  show();
});
document.addEventListener("click", (event) => {
  if (!prompt || !event.target.closest("[data-install]")) return;
  prompt.prompt();
  prompt = null; // A prompt can be shown once; the browser gives another one if it wants to.
  show();
});
