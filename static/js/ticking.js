// Durations that run: counted from a moment of the server, with the difference between its clock and this one.

const TICK_MS = 1000;
let offset = 0; // milliseconds: the server's clock minus ours

/** The page says what time it was when it was made. */
export function clock(element) {
  offset = Number(element.dataset.now) * TICK_MS - Date.now();
  if (Math.abs(offset) < 2 * TICK_MS) offset = 0; // the way here takes time, too
}

function words(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  return `${hours ? `${hours}:` : ""}${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

function show(element) {
  element.textContent = words((Date.now() + offset) / TICK_MS - Number(element.dataset.since));
}

/** A <time data-since> that shows how long it is since then. */
export function ticking(element) {
  show(element);
}

setInterval(() => {
  if (!document.hidden) document.querySelectorAll(".ticking").forEach(show);
}, TICK_MS);
