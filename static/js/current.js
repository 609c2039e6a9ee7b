// Where one is, in view: the marked entry of the rail and the marked tab, although their strip may be longer than its room;
// and the middle of the day in pictures of a week, where they are wider than theirs.

/** Scrolls only the strips themselves, never the page. */
export function showCurrent() {
  for (const mark of document.querySelectorAll(".rail [aria-current], .tabs [aria-current]")) {
    const strip = mark.closest(".rail, .tabs");
    const [own, room] = [mark.getBoundingClientRect(), strip.getBoundingClientRect()];
    if (own.bottom > room.bottom) strip.scrollTop += own.bottom - room.bottom + room.height / 3;
    if (own.left < room.left || own.right > room.right) strip.scrollLeft += own.left - room.left - (room.width - own.width) / 2;
  }
  for (const frame of document.querySelectorAll(".week-picture .picture-holder, .paint-scroll")) {
    if (!frame.scrollLeft) frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2;
  }
}
