// Ticked rows of a list. The bar is an ordinary form; the style sheet shows it with the first tick.

/** The bulk bar: counts the ticked rows, and keeps the boxes for “this page” and “all matching” in step with them. */
export function bulk(bar) {
  const listing = bar.closest(".listing");
  const said = listing.querySelector("#bulk-said");
  const whole = listing.querySelector("[data-tick-page]");
  const all = bar.elements.namedItem("all");
  const boxes = [...listing.querySelectorAll("tbody .tick input")];
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    const number = all.checked ? Number(bar.dataset.count) : ticked;
    const words = bar.dataset.words.replace("{n}", number.toLocaleString(document.documentElement.lang || undefined));
    bar.querySelector(".bulk-count").textContent = words;
    if (said.textContent || number) said.textContent = words;
    whole.checked = ticked === boxes.length;
    whole.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  const tickEach = (on) => boxes.forEach((box) => {
    box.checked = on;
  });
  all.addEventListener("change", () => {
    tickEach(all.checked);
    show();
    if (!all.checked) whole.focus();
  });
  listing.addEventListener("change", (event) => {
    if (!bar.isConnected || !event.target.closest("table .tick")) return;
    if (event.target === whole) tickEach(whole.checked);
    if (!event.target.checked) all.checked = false;
    show();
  });
  show();
}
