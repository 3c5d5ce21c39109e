// One file on the page: pictures beside what to compare, and the form of a decision.
const made = (name, props = {}, ...inside) => {
  const element = Object.assign(document.createElement(name), props);
  element.append(...inside);
  return element;
};

export function draw(box, file, shown, said) {
  box.querySelector("[data-name]").textContent = file.name;
  box.querySelector("[data-number]").textContent = file.number;
  const gallery = box.querySelector("[data-pictures]");
  gallery.replaceChildren(
    ...shown.map(({ label, url }) =>
      made("figure", {}, made("img", { src: url, alt: label }), made("figcaption", { textContent: label })),
    ),
  );
  const warnings = box.querySelector("[data-warnings]");
  warnings.hidden = !file.warnings.length;
  warnings.querySelector("ul").replaceChildren(...file.warnings.map((text) => made("li", { textContent: text })));
  box.querySelector("[data-rows]").replaceChildren(...file.rows.map((row) => line(row, said)));
}

// A field: the form's value, and each source that knows it.
function line([label, ...cells], said) {
  const names = [said.form, said.card, said.mrz, said.register];
  const known = cells.map((cell, at) => [names[at], cell]).filter(([, cell]) => cell.text);
  const values = known.map(([name, cell]) => {
    const value = made(cell.differs ? "mark" : "span", { className: cell.differs ? "diff" : "", textContent: cell.text });
    return made("p", {}, made("span", { className: "fine", textContent: `${name}: ` }), value);
  });
  return made("div", { className: "on-site-row" }, made("dt", { textContent: label }), made("dd", {}, ...values));
}

export function drawForm(form, file, reasons, said) {
  form.reset();
  form.querySelector("[data-has-form]").hidden = file.has_form;
  form.querySelector("[data-has-original]").hidden = file.has_original;
  const groups = file.groups.map(({ name, title, reasons: codes }) => {
    const select = made("select", { name: `vi-sao-${name}`, className: "input", id: `vi-sao-${name}` });
    select.append(
      made("option", { value: "", textContent: said.choose }),
      ...codes.map(([value, textContent]) => made("option", { value, textContent })),
    );
    return made("div", { className: "field" }, made("label", { htmlFor: select.id, textContent: title }), select);
  });
  form.querySelector("[data-groups]").replaceChildren(...groups);
  form.querySelector("[data-reasons]").replaceChildren(
    ...reasons.map(({ code, label }) =>
      made("label", { className: "choice" }, made("input", { type: "checkbox", name: "ly-do", value: code }), made("span", { textContent: label })),
    ),
  );
  const lacks = form.querySelector("[data-lacks]");
  lacks.hidden = !file.lacks.length;
  lacks.textContent = `${said.lacks} ${file.lacks.join("; ")}.`;
  form.querySelector("[value=approve]").disabled = Boolean(file.lacks.length);
}

// What was decided, or the name of the sentence that says what is missing.
export function read(form, file, what) {
  const typed = new FormData(form);
  const decision = { what, application: file.id, version: file.version };
  if (what === "approve") {
    const checked = typed.getAll("da");
    if ((!file.has_form && !checked.includes("form")) || (!file.has_original && !checked.includes("original")))
      return { wrong: "tick" };
    const given = Object.fromEntries(file.groups.map(({ name }) => [name, typed.get(`vi-sao-${name}`)]));
    if (Object.values(given).some((code) => !code)) return { wrong: "reason" };
    return { decision: { ...decision, checked, seen: file.seen, given } };
  }
  if (what === "refuse") {
    const reasons = typed.getAll("ly-do"),
      text = typed.get("loi-nhan").trim();
    if (!reasons.length || !text) return { wrong: "refusal" };
    return { decision: { ...decision, reasons, text } };
  }
  return { decision };
}

export const show = (name) => {
  for (const screen of document.querySelectorAll("[data-screen]")) screen.hidden = screen.dataset.screen !== name;
};
export { made };
