// Before the first paint: theme, density, folded rail and shortcuts from their cookies. Everything else waits for main.js.
(() => {
  const root = document.documentElement;
  const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const choice = root.dataset.theme;
    root.dataset.bsTheme = choice === "dark" || (choice !== "light" && dark.matches) ? "dark" : "light";
  };
  root.classList.add("js");
  // A choice made on this device ("dark.auto") counts until the person's stored preference (here: auto) changes.
  const chosen = (name, fallback) => {
    const stored = root.dataset[name] ?? fallback;
    const [choice, before] = (cookie(name) ?? "").split(".");
    root.dataset[`${name}Stored`] = stored;
    root.dataset[name] = choice && (before === stored || !("known" in root.dataset)) ? choice : stored;
  };
  chosen("theme", "auto");
  chosen("density", "compact");
  root.dataset.rail = cookie("rail") ?? "open";
  root.dataset.keys = cookie("keys") ?? "on";
  apply();
  dark.addEventListener("change", apply);
  new MutationObserver(apply).observe(root, { attributeFilter: ["data-theme"] });
})();
