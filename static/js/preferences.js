// What a person prefers on this device: theme, density, folded rail, shortcuts. Kept in cookies so that theme.js can read them early.
const root = document.documentElement;

function keep(name, value) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const stored = root.dataset[`${name}Stored`];
  document.cookie = `${name}=${stored ? `${value}.${stored}` : value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  root.dataset[name] = value;
}

/** Three buttons with the values auto, light and dark. */
export function theme(group) {
  const show = () => {
    for (const button of group.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === root.dataset.theme));
    }
  };
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    keep("theme", button.value);
    show();
  });
  show();
}

function toggle(button, name, on, off) {
  const show = () => button.setAttribute("aria-pressed", String(root.dataset[name] === on));
  button.addEventListener("click", () => {
    keep(name, root.dataset[name] === on ? off : on);
    show();
  });
  show();
}

/** Compact or comfortable rows. */
export const density = (button) => toggle(button, "density", "comfortable", "compact");

/** Single-key shortcuts on or off (WCAG 2.1.4). */
export const keys = (button) => toggle(button, "keys", "on", "off");

/** The rail as icons only. */
export const railFold = (button) => toggle(button, "rail", "folded", "open");
