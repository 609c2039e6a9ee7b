// Lists by keyboard: j and k move, x ticks, Enter opens; a click anywhere on a row opens it, too.

const TYPING = "input, textarea, select, [contenteditable], dialog, .menu[open]";
const INSIDE = "a, button, input, label, select, summary";

function openRow(row, event) {
  if (event.ctrlKey || event.metaKey || event.button === 1) window.open(row.dataset.href, "_blank", "noopener");
  else location.assign(row.dataset.href);
}

/** A table whose rows carry data-href. */
export function rows(table) {
  const list = () => [...table.querySelectorAll("tbody tr[data-href]")];
  table.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-href]");
    if (!row || event.target.closest(INSIDE) || String(getSelection())) return;
    openRow(row, event);
  });
  table.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("tr[data-href]")) openRow(event.target, event);
  });
  document.addEventListener("keydown", (event) => {
    if (document.documentElement.dataset.keys === "off") return;
    if (!table.isConnected || !["j", "k", "x"].includes(event.key) || event.target.closest(TYPING)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = list();
    const here = all.indexOf(document.activeElement.closest?.("tr[data-href]"));
    if (event.key === "x") {
      all[here]?.querySelector(".tick input")?.click();
      return;
    }
    const next = all[event.key === "j" ? Math.min(here + 1, all.length - 1) : Math.max(here - 1, 0)];
    if (!next) return;
    next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  });
}

const watched = new WeakSet();
const frames = new ResizeObserver((entries) => entries.forEach(({ target }) => focusable(target)));

/** A frame that scrolls, with nothing in it that takes the focus, takes it itself: arrow keys move it then. */
function focusable(frame) {
  const scrolls = frame.scrollWidth > frame.clientWidth + 1 || frame.scrollHeight > frame.clientHeight + 1;
  if (scrolls && !frame.querySelector("a, button, input, select, textarea")) frame.tabIndex = 0;
}

/** Watches the frames of tables in `root`. */
export function reachFrames(root) {
  for (const frame of root.querySelectorAll?.(".table-holder") ?? []) {
    if (watched.has(frame)) continue;
    watched.add(frame);
    frames.observe(frame);
  }
}
