// Behaviours of forms. All forms work without them.

/** Show or hide what is typed into a password box. */
export function passwordToggle(input) {
  const words = document.querySelector("#password-words")?.dataset ?? { show: "Show", hide: "Hide" };
  const box = document.createElement("span");
  box.className = "password-box";
  input.replaceWith(box);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "password-show";
  button.setAttribute("aria-controls", input.id);
  const show = (visible) => {
    input.type = visible ? "text" : "password";
    button.textContent = visible ? words.hide : words.show;
    button.setAttribute("aria-pressed", String(visible));
  };
  button.addEventListener("click", () => show(input.type === "password"));
  input.form?.addEventListener("submit", () => show(false));
  box.append(input, button);
  show(false);
}

const shapes = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  slug: (text) => text.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, ""),
};

/**
 * Text built from fields while typing: data-template="prp{user_name}" or "{short_name|lower}.example.com".
 * Names are field names of the form around it, or of the form named by data-form. While a field is empty, data-empty shows.
 */
export function compose(output) {
  const form = output.dataset.form ? document.getElementById(output.dataset.form) : output.closest("form");
  if (!form) return;
  const read = (name) => form.elements.namedItem(name)?.value.trim() ?? "";
  const show = () => {
    let missing = false;
    const text = output.dataset.template.replace(/\{(\w+)(?:\|(\w+))?\}/g, (_whole, name, shape) => {
      const value = shapes[shape] ? shapes[shape](read(name)) : read(name);
      missing ||= value === "";
      return value;
    });
    output.classList.toggle("is-empty", missing);
    output.textContent = missing ? output.dataset.empty ?? "" : text;
  };
  form.addEventListener("input", show);
  show();
}

/** Characters left in a field with maxlength; shown once a third is used. */
export function counter(input) {
  const limit = input.maxLength;
  if (limit < 1) return;
  const note = document.createElement("span");
  note.className = "counter";
  note.setAttribute("aria-hidden", "true");
  input.after(note);
  const show = () => {
    const used = [...input.value].length;
    note.textContent = used * 3 > limit ? `${used} / ${limit}` : "";
    note.classList.toggle("is-short", limit - used < limit / 10);
  };
  input.addEventListener("input", show);
  show();
}

/** A field that takes more than its data-limit, but then says by how much and keeps the form from being sent. */
export function limit(input) {
  const most = Number(input.dataset.limit);
  const note = document.createElement("span");
  note.className = "counter";
  note.setAttribute("role", "status");
  input.after(note);
  const show = () => {
    const used = [...input.value].length;
    const over = used - most;
    const words = over > 0 ? ` · ${(input.dataset.over ?? "{n}").replace("{n}", over)}` : "";
    note.textContent = used * 3 > most * 2 ? `${used} / ${most}${words}` : "";
    note.classList.toggle("is-short", over > 0);
    for (const button of input.form.querySelectorAll("button[type=submit]")) button.disabled = over > 0;
  };
  input.addEventListener("input", show);
  show();
}

/** Take the focus when the page opens: the summary of errors. */
export function focus(element) {
  element.focus({ preventScroll: false });
}

/** Ask before leaving a form with unsaved changes. */
export function guard(form) {
  let changed = false;
  const ask = (event) => {
    if (changed) event.preventDefault();
  };
  form.addEventListener("input", () => {
    changed = true;
  });
  form.addEventListener("submit", () => {
    changed = false;
  });
  form.querySelector("[data-behaviour~=leave]")?.addEventListener("click", () => {
    changed = false;
  });
  window.addEventListener("beforeunload", ask);
}

/** The slash key jumps to the quick search. */
export function quickSearch(input) {
  document.addEventListener("keydown", (event) => {
    if (document.documentElement.dataset.keys === "off") return;
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || !input.isConnected) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

/** A file that is larger than data-most bytes is told at once, and the form is not sent with it. */
export function fileSize(input) {
  const note = document.createElement("span");
  note.className = "invalid-feedback d-block";
  note.setAttribute("role", "alert");
  input.after(note);
  input.addEventListener("change", () => {
    const over = [...input.files].some((file) => file.size > Number(input.dataset.most));
    note.textContent = over ? input.dataset.tooLarge : "";
    input.classList.toggle("is-invalid", over);
    for (const button of input.form.querySelectorAll("button[type=submit]")) button.disabled = over;
  });
}
