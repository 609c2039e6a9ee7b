// The order of a team's members: drag by the grip, or the buttons up and down. Without this script the buttons ask the server.
import Sortable from "../vendor/sortable/sortable.js";

/** The member picker: its ordered list carries hidden fields, so the order of the items is what is sent. */
export function members(form) {
  const list = form.querySelector("[data-role=order]");
  if (!list) return;
  const said = document.querySelector("#members-said");
  const tell = (item) => {
    const place = [...list.children].indexOf(item) + 1;
    const name = item.querySelector("label").textContent.trim().replace(/\s+/g, " ");
    said.textContent = said.dataset.words.replace("{name}", name).replace("{n}", place);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };
  Sortable.create(list, { handle: ".picker-grip", ghostClass: "is-moving", animation: 120, onEnd: (event) => tell(event.item) });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=up], button[name=down]");
    if (!button) return;
    event.preventDefault();
    const item = button.closest("li");
    const other = button.name === "up" ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    if (button.name === "up") other.before(item);
    else other.after(item);
    button.focus();
    tell(item);
  });
}
