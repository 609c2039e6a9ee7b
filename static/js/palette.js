// The palette (ctrl-K) and single-key shortcuts.

const TYPING = "input, textarea, select, [contenteditable], dialog";
const PLACES = { h: ["/", "/ops/"], e: ["/extensions/"], t: ["/teams/", "/ops/tenants/"], s: ["/schedules/"], b: ["/phones/"] };

/** A dialog with a combobox: arrows move over what the server found, Enter opens it. */
export function palette(dialog) {
  const box = dialog.querySelector("[role=combobox]");
  const list = dialog.querySelector("[role=listbox]");
  const options = () => [...list.querySelectorAll("[role=option]")];
  let place = 0;

  const mark = () => {
    const all = options();
    place = Math.max(0, Math.min(place, all.length - 1));
    all.forEach((option, index) => option.setAttribute("aria-selected", String(index === place)));
    const chosen = all[place];
    if (!chosen) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  };
  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    box.select();
    box.dispatchEvent(new CustomEvent("palette:open", { bubbles: true }));
  };

  list.addEventListener("htmx:afterSwap", () => {
    place = 0;
    mark();
  });
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      place = (place + step + options().length) % Math.max(options().length, 1);
      mark();
    }
    if (event.key === "Enter") {
      event.preventDefault();
      const chosen = options()[place];
      if (chosen) location.assign(chosen.href);
    }
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    open();
  });
  for (const button of document.querySelectorAll("[data-opens=palette]")) {
    button.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      open();
    });
  }
}

/** Single keys: ? n e, and g followed by a place. Off while somebody types, or switched off (WCAG 2.1.4). */
export function shortcuts(element) {
  let going = 0;
  const follow = (link) => link && location.assign(link.href);
  document.addEventListener("keydown", (event) => {
    if (document.documentElement.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(TYPING)) return;
    if (going && Date.now() - going < 1500) {
      going = 0;
      const rail = PLACES[event.key]?.map((path) => document.querySelector(`.rail a[href="${path}"]`)).find(Boolean);
      return follow(rail);
    }
    if (event.key === "g") going = Date.now();
    if (event.key === "?") location.assign(element.dataset.sheet);
    if (event.key === "n") follow(document.querySelector(".work-actions a.btn-primary[href*='/new/'], .work-actions a[href$='/new/']"));
    if (event.key === "e") follow(document.querySelector(".work-actions a[href$='/edit/']"));
  });
}
