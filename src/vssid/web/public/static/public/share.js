// "Chia sẻ": the phone's own share sheet; where there is none the address is copied, or marked for copying.
const button = document.querySelector("[data-share]");
const said = document.querySelector("[data-shared]");

button.addEventListener("click", async () => {
  const { share: url, title, text } = button.dataset;
  if (navigator.share) {
    try {
      await navigator.share({ url, title, text });
      return;
    } catch (error) {
      if (error.name === "AbortError") return;
    }
  }
  try {
    await navigator.clipboard.writeText(url);
    said.textContent = button.dataset.copied;
  } catch {
    const shown = document.querySelector(".site-address");
    if (shown) getSelection().selectAllChildren(shown);
    said.textContent = button.dataset.byHand;
  }
});
