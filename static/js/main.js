// Binds behaviours to elements by data-behaviour (several names may stand there, separated by spaces).
// A behaviour is a function that gets the element once. New content from htmx is bound the same way.
import { bulk } from "./bulk.js";
import { sortRules, switchOn } from "./calls.js";
import { showCurrent } from "./current.js";
import { destination } from "./destination.js";
import { confirmFirst, copy, menu, toasts } from "./feedback.js";
import { compose, counter, fileSize, focus, guard, limit, passwordToggle, quickSearch } from "./forms.js";
import { submitNow } from "./handoff.js";
import { keyOrder } from "./keys.js";
import { poll, token } from "./live.js";
import { palette, shortcuts } from "./palette.js";
import { density, keys, railFold, theme } from "./preferences.js";
import { reachFrames, rows } from "./rows.js";
import { weekPaint } from "./schedules.js";
import { members } from "./teams.js";
import { clock, ticking } from "./ticking.js";

const behaviours = {
  bulk, clock, compose, copy, counter, density, destination, focus, guard, keys, limit, members, menu, palette, poll, rows,
  shortcuts, theme, ticking, toasts,
  confirm: confirmFirst,
  "file-size": fileSize,
  "sort-rules": sortRules,
  "switch-on": switchOn,
  "key-order": keyOrder,
  "password-toggle": passwordToggle,
  "quick-search": quickSearch,
  "rail-fold": railFold,
  "submit-now": submitNow,
  "week-paint": weekPaint,
};
const bound = new WeakMap();

function bind(element) {
  const done = bound.get(element) ?? new Set();
  bound.set(element, done);
  for (const name of element.dataset.behaviour.split(/\s+/)) {
    if (behaviours[name] && !done.has(name)) {
      done.add(name);
      behaviours[name](element);
    }
  }
}

function bindAll(root) {
  if (root.matches?.("[data-behaviour]")) bind(root);
  root.querySelectorAll?.("[data-behaviour]").forEach(bind);
}

token();
bindAll(document);
showCurrent();
addEventListener("resize", showCurrent);
reachFrames(document);
document.addEventListener("htmx:load", (event) => {
  bindAll(event.target);
  reachFrames(event.target);
});
