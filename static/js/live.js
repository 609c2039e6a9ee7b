// htmx: the CSRF token by header, and polling that rests while nobody looks.

const SAFE = /^(get|head|options|trace)$/i;
const HIDDEN_MS = 10000;

/** Send the token of the page with every changing htmx request. */
export function token() {
  const meta = document.querySelector("meta[name=csrf-token]");
  document.addEventListener("htmx:configRequest", (event) => {
    if (meta && !SAFE.test(event.detail.verb)) event.detail.headers["X-CSRFToken"] = meta.content;
  });
}

/** A polling fragment: in a hidden tab at most every 10 s; after three failures it says since when it is stale. */
export function poll(element) {
  let last = Date.now();
  let failures = 0;
  element.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target !== element) return;
    if (document.hidden && Date.now() - last < HIDDEN_MS) event.preventDefault();
    else last = Date.now();
  });
  const failed = () => {
    failures += 1;
    element.classList.toggle("is-stale", failures > 2);
    const words = element.dataset.stale;
    if (failures !== 3 || !words) return;
    const note = Object.assign(document.createElement("div"), { className: "note note-warning", textContent: words });
    note.setAttribute("role", "status");
    element.prepend(note);
  };
  element.addEventListener("htmx:sendError", failed);
  element.addEventListener("htmx:responseError", failed);
}
