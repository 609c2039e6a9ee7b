// The order of outgoing rules: drag a row by its grip. Without this script the buttons up and down do the same.
import Sortable from "../vendor/sortable/sortable.js";

/** Rows carry data-rule; after a drag their order is posted by the form named in data-form. */
export function sortRules(body) {
  const form = document.getElementById(body.dataset.form);
  Sortable.create(body, {
    handle: ".drag-handle",
    animation: 120,
    onEnd(event) {
      if (event.oldIndex === event.newIndex) return;
      for (const row of body.querySelectorAll("[data-rule]")) {
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = "rule";
        field.value = row.dataset.rule;
        form.append(field);
      }
      form.submit();
    },
  });
}

/** The matrix of a profile: whoever says where calls go, or after how long, means that row to be on. */
export function switchOn(matrix) {
  matrix.addEventListener("change", ({ target }) => {
    const onOff = target.closest("tr")?.querySelector(".calls-switch input");
    if (onOff && target.closest("td") && !target.closest(".calls-lock")) onOff.checked = true;
  });
}
