"use strict";
const page = document.documentElement;
const byId = (id) => document.getElementById(id);

const remembered = (() => {
  try { return localStorage; } catch { return null; }
})();
const theme = remembered?.getItem("fauxami-theme");
if (theme === "light" || theme === "dark") page.dataset.theme = theme;

// What buttons and keys do, by name; pages add theirs.
const actions = {
  theme() {
    const dark = page.dataset.theme ? page.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    page.dataset.theme = dark ? "light" : "dark";
    try { remembered?.setItem("fauxami-theme", page.dataset.theme); } catch { /* It is only not remembered. */ }
  },
  help() {
    if (!byId("help").open) byId("help").showModal();
  },
  close(from) {
    from?.closest("dialog")?.close();
  },
};
const keys = { t: "theme", "?": "help" };

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-do]");
  if (button) actions[button.dataset.do]?.(button);
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.matches?.("input:not([type=checkbox]), textarea, select")) return;
  if (byId("help").open) return;
  const action = Object.hasOwn(keys, event.key) ? actions[keys[event.key]] : null;
  if (!action) return;
  event.preventDefault();
  action();
});
for (const tools of document.querySelectorAll(".tools")) tools.hidden = false;
