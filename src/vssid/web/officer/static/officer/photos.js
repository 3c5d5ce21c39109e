// Zoom, turn, drag an ID photo and raise its contrast: buttons, wheel, pointer, keys on the focused photo. How
// it was looked at lives in this page alone, and is over when another file is opened.
const STEP = 1.3,
  MOST = 8,
  MOVE = 40;
// More, then grey and still more, which lifts writing out of glare; then as it came.
const CONTRASTS = ["", "contrast(1.6)", "grayscale(1) contrast(2.6)"];

export function photos(root = document) {
  root.querySelectorAll("[data-photo]").forEach((figure) => {
    const view = figure.querySelector("[data-view]"),
      image = view?.querySelector("img");
    if (!image || figure.dataset.ready) return;
    figure.dataset.ready = "1";
    const at = { scale: 1, turn: 0, x: 0, y: 0, contrast: 0 };

    function draw() {
      const sideways = at.turn % 180 !== 0;
      // A picture on its side must still fit into the frame.
      const fit = sideways
        ? Math.min(view.clientHeight / Math.max(1, shown().w), view.clientWidth / Math.max(1, shown().h), 1)
        : 1;
      image.style.filter = CONTRASTS[at.contrast];
      figure.querySelector('[data-do="contrast"]')?.setAttribute("aria-pressed", String(at.contrast > 0));
      image.style.transform = `translate(${at.x}px, ${at.y}px) rotate(${at.turn}deg) scale(${at.scale * fit})`;
    }
    function shown() {
      const ratio = (image.naturalWidth || 4) / (image.naturalHeight || 3),
        box = view.clientWidth / view.clientHeight;
      return ratio > box
        ? { w: view.clientWidth, h: view.clientWidth / ratio }
        : { w: view.clientHeight * ratio, h: view.clientHeight };
    }
    function zoom(by) {
      const scale = Math.min(MOST, Math.max(1, at.scale * by)),
        kept = scale / at.scale;
      at.x *= kept;
      at.y *= kept;
      at.scale = scale;
      if (scale === 1) at.x = at.y = 0;
    }
    const moves = {
      in: () => zoom(STEP),
      out: () => zoom(1 / STEP),
      turn: () => {
        at.turn += 90;
      },
      contrast: () => {
        at.contrast = (at.contrast + 1) % CONTRASTS.length;
      },
      reset: () => Object.assign(at, { scale: 1, turn: 0, x: 0, y: 0, contrast: 0 }),
      left: () => {
        at.x += MOVE;
      },
      right: () => {
        at.x -= MOVE;
      },
      up: () => {
        at.y += MOVE;
      },
      down: () => {
        at.y -= MOVE;
      },
      full: () => {
        const full = figure.classList.toggle("full");
        figure.querySelector('[data-do="full"]').setAttribute("aria-pressed", String(full));
        figure.scrollIntoView({ block: "nearest" });
      },
    };
    const go = (name) => {
      moves[name]();
      draw();
    };
    const keys = { "+": "in", "=": "in", "-": "out", r: "turn", c: "contrast", 0: "reset", f: "full" };
    const arrows = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

    figure.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) go(button.dataset.do);
    });
    // console.js hands over a person's key when this photo has the focus; it is told whether the key was
    // used.
    view.addEventListener("console-key", (event) => {
      const name = keys[event.detail.toLowerCase()];
      if (name) {
        event.preventDefault();
        go(name);
      }
    });
    view.addEventListener("keydown", (event) => {
      if (arrows[event.key]) {
        event.preventDefault();
        go(arrows[event.key]);
      }
      if (event.key === "Escape" && figure.classList.contains("full")) go("full");
    });
    view.addEventListener(
      "wheel",
      (event) => {
        if (document.activeElement !== view && !event.ctrlKey) return;
        event.preventDefault();
        go(event.deltaY < 0 ? "in" : "out");
      },
      { passive: false },
    );
    view.addEventListener("dblclick", () => go(at.scale > 1 ? "reset" : "in"));
    view.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      view.setPointerCapture(event.pointerId);
      const from = { x: event.clientX - at.x, y: event.clientY - at.y };
      const move = (now) => {
        at.x = now.clientX - from.x;
        at.y = now.clientY - from.y;
        draw();
      };
      view.addEventListener("pointermove", move);
      view.addEventListener("pointerup", () => view.removeEventListener("pointermove", move), { once: true });
      view.addEventListener("pointercancel", () => view.removeEventListener("pointermove", move), {
        once: true,
      });
    });
    new ResizeObserver(draw).observe(view);
  });
}
