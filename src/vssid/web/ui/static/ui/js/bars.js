// What stays while the page is scrolled: its real height goes to the stylesheet (--over, --under), which
// keeps a focused field clear of it. Bars that would take more than a quarter of the height (large letters,
// wide spacing of letters, a page at 400 %, a keyboard on the screen) do not stay: <html data-loose>.
const SHARE = 0.25;
const root = document.documentElement;
const bars = [...document.querySelectorAll(".top, .bar, .desk-top")];

function heights() {
  let over = 0,
    under = 0;
  for (const bar of bars) {
    const { position } = getComputedStyle(bar);
    if (position === "sticky") over += bar.offsetHeight;
    if (position === "fixed") under += bar.offsetHeight;
  }
  return [over, under];
}

export function measure() {
  root.toggleAttribute("data-loose", false);
  const [over, under] = heights();
  const loose = over + under > innerHeight * SHARE;
  root.toggleAttribute("data-loose", loose);
  root.style.setProperty("--over", `${loose ? 0 : over}px`);
  root.style.setProperty("--under", `${loose ? 0 : under}px`);
}

if (bars.length) {
  const watched = window.ResizeObserver && new ResizeObserver(measure);
  bars.forEach((bar) => watched?.observe(bar));
  window.addEventListener("resize", measure);
  measure();
}
