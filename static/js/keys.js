// Keys of a telephone by dragging; the library comes only with a picture. The form below the picture appears with the
// first move and posts the new order.

/** The face of a telephone or module: its columns are lists of keys that can be dragged within one page. */
export async function keyOrder(face) {
  const form = document.getElementById(face.dataset.form);
  face.addEventListener("click", (event) => {
    const opened = event.target.closest("a.cap-face");
    if (!opened) return;
    document.querySelectorAll("a.cap-face[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    opened.setAttribute("aria-current", "true");
  });
  const { Sortable } = await import("../vendor/sortable/sortable.js");
  const columns = [...face.querySelectorAll(".phone-keys")];
  const first = columns[0];
  const moved = () => {
    const keys = columns.flatMap((column) => [...column.children]);
    form.elements.namedItem("order").value = keys.map((key) => key.dataset.number).join(",");
    form.hidden = false;
  };
  columns.forEach((column) => {
    const room = column.children.length;
    Sortable.create(column, {
      group: `keys-${form.id}`,
      animation: 120,
      delay: 150,
      delayOnTouchOnly: true,
      filter: ".is-fixed",
      preventOnFilter: false,
      ghostClass: "is-dragged",
      onEnd: () => {
        // A key dragged to the other column pushes that column's last key over, so that both keep their length.
        const sizes = columns.map((one) => Number(one.dataset.room));
        while (first.children.length > sizes[0]) columns[1].prepend(first.lastElementChild);
        while (columns[1] && columns[1].children.length > sizes[1]) first.append(columns[1].firstElementChild);
        moved();
      },
    });
    column.dataset.room = String(room);
  });
}
