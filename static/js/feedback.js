// Menus, messages, copying, questions.

const open = new Set();

/** A <details> used as a menu: closes on Escape, on a click elsewhere and when another one opens. */
export function menu(details) {
  const summary = details.querySelector("summary");
  details.addEventListener("toggle", () => {
    if (!details.open) {
      open.delete(details);
      return;
    }
    for (const other of open) if (!other.contains(details)) other.open = false;
    open.add(details);
  });
  details.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && details.open) {
      details.open = false;
      summary.focus();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.matches("input, select, textarea")) return;
    const items = [...details.querySelectorAll("a[href], button")];
    const next = items[(items.indexOf(document.activeElement) + step + items.length) % items.length];
    if (!details.open || !next) return;
    event.preventDefault();
    next.focus();
  });
}
document.addEventListener("click", (event) => {
  for (const details of open) if (!details.contains(event.target)) details.open = false;
});

const STAY_MS = 8000;

/** Messages: errors and offers to undo stay, the others leave by themselves unless looked at. Re-inserted so that they are read out. */
export function toasts(region) {
  const messages = [...region.children];
  region.replaceChildren();
  requestAnimationFrame(() => {
    for (const message of messages) {
      region.append(message);
      if (message.classList.contains("message-error") || message.querySelector("form")) continue;
      const leave = () => {
        if (message.matches(":hover, :focus-within")) setTimeout(leave, STAY_MS / 4);
        else message.remove();
      };
      setTimeout(leave, STAY_MS);
    }
  });
  region.addEventListener("click", (event) => event.target.closest(".message-close")?.closest(".message").remove());
}

/** Copy data-copy to the clipboard and say so by a tick. */
export function copy(button) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.classList.add("is-copied");
    setTimeout(() => button.classList.remove("is-copied"), 1500);
  });
}

/** A form that asks first: data-title, data-text, data-yes, data-no. Dangerous acts have a confirm page instead. */
export function confirmFirst(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.agreed) return;
    event.preventDefault();
    const submitter = event.submitter;
    const dialog = document.createElement("dialog");
    dialog.className = "ask";
    const title = document.createElement("h2");
    title.textContent = form.dataset.title;
    const text = document.createElement("p");
    text.textContent = form.dataset.text ?? "";
    const buttons = document.createElement("div");
    buttons.className = "buttons";
    const no = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: form.dataset.no });
    const yes = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-primary", textContent: form.dataset.yes });
    no.addEventListener("click", () => dialog.close());
    yes.addEventListener("click", () => {
      form.dataset.agreed = "yes";
      dialog.close();
      form.requestSubmit(submitter);
    });
    dialog.addEventListener("close", () => dialog.remove());
    buttons.append(no, yes);
    dialog.append(title, text, buttons);
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  });
}
