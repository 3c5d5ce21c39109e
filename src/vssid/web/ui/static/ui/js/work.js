// The challenge: a worker looks for a number whose hash begins with zeros, so that nobody has to solve a
// puzzle and typing goes on meanwhile. Without a script, or where a worker does not run, the sum stays. On
// the hidden field of a form the work is done while the person types; a form that is sent sooner is asked for
// it on a page of its own.
for (const box of document.querySelectorAll("[data-work]")) start(box, box.form ?? box);

function work({ worker: address, nonce, bits }) {
  return new Promise((done, fail) => {
    const worker = new Worker(address, { type: "module" });
    worker.onmessage = ({ data }) => {
      worker.terminate();
      done(data);
    };
    worker.onerror = fail;
    worker.postMessage({ nonce, bits: Number(bits) });
  });
}

async function start(box, form) {
  const said = form.querySelector("[data-work-said]");
  const sum = form.querySelector("[data-sum]");
  if (sum) sum.hidden = true;
  if (said) said.textContent = said.dataset.busy;
  try {
    form.elements.viec.value = await work(box.dataset);
    if (said) said.textContent = said.dataset.done;
    if ("send" in box.dataset) form.requestSubmit();
  } catch {
    if (sum) sum.hidden = false;
    if (said) said.textContent = "";
  }
}
