// Painting the hours of a week. The boxes of the form are the truth: painting reads them and writes them.
const DAY = 1440; // minutes
const MOST = 4; // intervals of a kind on one day
const STEP = 15; // minutes of one cell of the grid

const minutes = (text) => {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text);
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
};
const clock = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** The boxes of one kind on one day, as {from, until, next} elements. */
function slotsOf(row, kind) {
  return [...row.querySelectorAll(`[data-kind=${kind}] [data-slot]`)].map((slot) =>
    Object.fromEntries(["from", "until", "next"].map((part) => [part, slot.querySelector(`[data-part=${part}]`)])),
  );
}

/** What the boxes of a day say, up to midnight, as one flag for each minute: odd times survive painting beside them. */
function minutesOf(row, kind) {
  const flags = Array(DAY).fill(false);
  for (const slot of slotsOf(row, kind)) {
    const from = minutes(slot.from.value);
    const until = minutes(slot.until.value);
    if (from === null || until === null) continue;
    flags.fill(true, from, Math.max(from, slot.next.checked ? DAY : until));
  }
  return flags;
}

/** Runs of set flags as [first, after last]. */
function runsOf(flags) {
  const runs = [];
  flags.forEach((set, minute) => {
    if (set && (minute === 0 || !flags[minute - 1])) runs.push([minute, minute + 1]);
    else if (set) runs.at(-1)[1] = minute + 1;
  });
  return runs;
}

/** Write runs into the boxes of one kind. What goes on past midnight keeps its end on the next day. */
function write(row, kind, runs) {
  const slots = slotsOf(row, kind).slice(0, MOST);
  const night = slots.find((slot) => slot.next.checked && minutes(slot.until.value) > 0)?.until.value ?? "00:00";
  slots.forEach((slot, place) => {
    const run = runs[place];
    const past = run?.[1] === DAY;
    slot.from.value = run ? clock(run[0]) : "";
    slot.until.value = run ? (past ? night : clock(run[1])) : "";
    slot.next.checked = Boolean(past);
    if (run) slot.from.closest("details")?.setAttribute("open", "");
  });
}

/** A grid over the rows of boxes: choose a brush, drag over the hours. */
export function weekPaint(fields) {
  const rows = [...fields.querySelectorAll("[data-day]")];
  const words = fields.dataset;
  const form = fields.closest("form");
  let brush = "open";
  const paint = element("div", "paint");
  const tools = element("div", "paint-tools", "");
  tools.setAttribute("role", "group");
  tools.setAttribute("aria-label", words.paint);
  tools.append(element("span", "muted", words.paint));
  for (const kind of ["open", "break", "closed"]) {
    const button = element("button", "btn btn-sm", words[kind]);
    button.type = "button";
    button.setAttribute("aria-pressed", String(kind === brush));
    button.addEventListener("click", () => {
      brush = kind;
      for (const other of tools.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
    });
    tools.append(button);
  }
  const grid = element("div", "paint-grid");
  grid.setAttribute("aria-hidden", "true"); // the boxes below say and do the same
  grid.append(element("span", "paint-name"));
  for (let hour = 0; hour < 24; hour += 1) grid.append(element("span", "paint-hour", String(hour)));
  const drawn = rows.map((row) => {
    grid.append(element("span", "paint-name", row.querySelector("legend").textContent.trim().slice(0, 3)));
    return Array.from({ length: DAY / STEP }, (_unused, cell) => {
      const made = element("span", `paint-cell${cell % 4 === 0 ? " is-hour" : ""}`);
      made.dataset.cell = String(cell);
      made.dataset.row = String(rows.indexOf(row));
      grid.append(made);
      return made;
    });
  });
  const draw = () => rows.forEach((row, day) => {
    const open = minutesOf(row, "open");
    const rest = minutesOf(row, "break");
    const some = (flags, place) => flags.slice(place * STEP, (place + 1) * STEP).some(Boolean);
    drawn[day].forEach((cell, place) => {
      cell.classList.toggle("is-open", some(open, place) && !some(rest, place));
      cell.classList.toggle("is-break", some(rest, place));
    });
  });
  let begun = null;
  const apply = (target) => {
    const day = Number(target.dataset.row);
    if (!begun || day !== begun.day) return;
    const [low, high] = [begun.cell, Number(target.dataset.cell)].sort((a, b) => a - b);
    const open = runsOf([...begun.open].fill(brush !== "closed", low * STEP, (high + 1) * STEP));
    const rest = runsOf([...begun.rest].fill(brush === "break", low * STEP, (high + 1) * STEP));
    if (open.length > MOST || rest.length > MOST) return; // more intervals than there are boxes
    write(rows[day], "open", open);
    write(rows[day], "break", rest);
    draw();
    form?.dispatchEvent(new Event("input", { bubbles: true }));
  };
  grid.addEventListener("pointerdown", (event) => {
    const target = event.target.closest(".paint-cell");
    if (!target) return;
    const row = rows[Number(target.dataset.row)];
    begun = { day: Number(target.dataset.row), cell: Number(target.dataset.cell), open: minutesOf(row, "open"), rest: minutesOf(row, "break") };
    event.preventDefault();
    apply(target);
  });
  grid.addEventListener("pointermove", (event) => {
    if (!begun) return;
    const target = document.elementFromPoint(event.clientX, event.clientY)?.closest(".paint-cell");
    if (target) apply(target);
  });
  window.addEventListener("pointerup", () => {
    begun = null;
  });
  fields.addEventListener("input", draw);
  const scroll = element("div", "paint-scroll");
  scroll.tabIndex = 0; // scrolls by keyboard where it does not fit
  scroll.setAttribute("role", "group");
  scroll.setAttribute("aria-label", words.picture);
  scroll.append(grid);
  paint.append(tools, scroll);
  fields.prepend(paint);
  draw();
}
