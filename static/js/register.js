// Proposals on the Tenant tab of the registration form: short name and FQDN follow the name until somebody edits them.

const FOLLOWERS = {
  // The capitals of KentonElectronics are ke; a name with one capital gives its first letters.
  short_name: (name) => {
    const capitals = name.replace(/[^A-Z]/g, "").toLowerCase();
    const plain = name.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
    return (capitals.length > 1 ? capitals : plain.replace(/^[0-9]+/, "").slice(0, 6)).slice(0, 12);
  },
  fqdn: (name, base) => {
    const words = name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
    const label = words.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
    return label ? `${label.slice(0, 57 - base.length)}.${base}` : "";
  },
};

function proposals(box) {
  const form = document.getElementById(box.dataset.form);
  if (!form) return;
  const edited = new Set(Object.keys(FOLLOWERS).filter((name) => form.elements.namedItem(name)?.value));
  form.addEventListener("input", (event) => {
    if (event.target.name in FOLLOWERS && event.isTrusted) edited.add(event.target.name);
    if (event.target.name !== "name") return;
    for (const [name, propose] of Object.entries(FOLLOWERS)) {
      const field = form.elements.namedItem(name);
      if (!field || edited.has(name)) continue;
      field.value = propose(event.target.value.trim(), box.dataset.base);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
}

document.querySelectorAll("[data-behaviour~=register-proposals]").forEach(proposals);

// What somebody typed while a check was under way stays: an older answer must not replace it.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { elt: field, parameters } = event.detail.requestConfig;
  if (!field.matches("[hx-post*='_validate=']")) return;
  if (parameters.get(field.name) !== field.value) event.detail.shouldSwap = false;
});
