// Where calls go: the second box shows only for kinds that need it, and offers what exists.

let lists = 0;

/** A kind and which one: hides the second box where the kind needs none, and fills a datalist while somebody types. */
export function destination(element) {
  const kind = element.querySelector("[data-role=kind]");
  const which = element.querySelector("[data-role=which]");
  if (!kind || !which) return;
  const needs = new Set(element.dataset.needs.split(" "));
  const list = document.createElement("datalist");
  list.id = `targets-${(lists += 1)}`;
  which.setAttribute("list", list.id);
  which.after(list);

  const show = () => {
    which.hidden = !needs.has(kind.value);
    element.classList.toggle("is-single", which.hidden || kind.type === "hidden");
    which.type = kind.value === "number" ? "tel" : "text";
  };
  let asked = "";
  const offer = async () => {
    const query = new URLSearchParams({ kind: kind.value, q: which.value });
    if (which.hidden || kind.value === "number" || String(query) === asked) return;
    asked = String(query);
    const answer = await fetch(`${element.dataset.targets}?${query}`, { headers: { "HX-Request": "true" } });
    if (answer.ok && asked === String(query)) list.innerHTML = await answer.text();
  };
  kind.addEventListener("change", () => {
    which.value = "";
    show();
    if (!which.hidden) which.focus();
    offer();
  });
  which.addEventListener("focus", offer);
  which.addEventListener("input", offer);
  show();
}
