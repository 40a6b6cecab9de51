// On every page: keys to go about, rows to step through, the colour scheme, buttons that copy.
import { on, ready } from "./keys.js";
import { keep } from "./storage.js";

const live = document.getElementById("live");

export function say(line) {
  live.textContent = "";
  requestAnimationFrame(() => (live.textContent = line));
}

export async function copy(words, what) {
  try {
    await navigator.clipboard.writeText(words);
    say(`${what} copied`);
    return true;
  } catch {
    say(`${what} not copied: the browser refused; select it and copy by hand`);
    return false;
  }
}

const go = (path) => () => location.assign(path);
on("home", go("/"));
on("articles", go("/articles"));
on("statements", go("/statements"));
on("events", go("/events"));
on("commitments", go("/commitments"));
on("actors", go("/actors"));
on("timeline", go("/timeline"));
on("map", go("/map"));
on("help", go("/help/keys"));
on("search", () => {
  const field = document.querySelector("main input[type=search]") ?? document.querySelector("input[type=search]");
  field?.focus();
  field?.select();
});
on("back", () => (history.length > 1 ? history.back() : false));

// Rows of a list: the current one is focused through its own link, so that Enter works as on any link.
const rows = [...document.querySelectorAll(".rows > li")];
function step(by) {
  if (!rows.length) return false;
  const now = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(rows.length - 1, Math.max(0, now < 0 ? 0 : now + by))];
  for (const row of rows) row.toggleAttribute("data-current", row === next);
  next.querySelector("[data-open]").focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}
// A page of one statement has no rows to speak of: its neighbours in the article are next and previous.
const neighbour = (rel) => {
  const link = document.querySelector(`.kicker a[rel=${rel}]`);
  return link ? location.assign(link.href) : step(rel === "next" ? 1 : -1);
};
on("next", () => neighbour("next"));
on("previous", () => neighbour("prev"));
document.addEventListener("focusin", ({ target }) => {
  for (const row of rows) row.toggleAttribute("data-current", row.contains(target));
});

const permalink = document.querySelector("[data-permalink]");
if (permalink) on("copy", () => copy(new URL(permalink.dataset.permalink, location.href).href, "Link"));
for (const button of document.querySelectorAll("button[data-copies]")) {
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copies);
    if (!(await copy(field.value, button.dataset.what))) field.select();
  });
}

const scheme = document.getElementById("scheme");
if (scheme) {
  const root = document.documentElement;
  scheme.value = root.dataset.theme ?? "";
  scheme.addEventListener("change", () => {
    if (scheme.value) root.dataset.theme = scheme.value;
    else delete root.dataset.theme;
    keepTheme(scheme.value);
  });
}

function keepTheme(theme) {
  // theme.js reads it as plain words before any module runs.
  try {
    localStorage.setItem("onrecord.theme", theme);
  } catch {
    keep("theme", theme);
  }
}

ready("room");
