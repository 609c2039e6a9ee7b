// Before the first paint: theme, density and the folded rail from their cookies. Everything else waits for main.js.
(() => {
  const root = document.documentElement;
  const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const choice = root.dataset.theme;
    root.dataset.bsTheme = choice === "dark" || (choice !== "light" && dark.matches) ? "dark" : "light";
  };
  root.classList.add("js");
  root.dataset.theme = cookie("theme") ?? root.dataset.theme ?? "auto";
  root.dataset.density = cookie("density") ?? root.dataset.density ?? "compact";
  root.dataset.rail = cookie("rail") ?? "open";
  apply();
  dark.addEventListener("change", apply);
  new MutationObserver(apply).observe(root, { attributeFilter: ["data-theme"] });
})();
