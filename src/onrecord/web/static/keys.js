// Single keys, from the one table that the help page and the tooltips are made of too.
import { keep, recall } from "./storage.js";

const handlers = new Map();
const SEQUENCE_MS = 1200;
let pending = "";
let pendingUntil = 0;

export const choice = recall("keys", { off: false, map: {} });
const table = await fetch(new URL("keys.json", import.meta.url)).then((answer) => answer.json());

export const keysOf = (action) => choice.map[action] ?? table.find((row) => row.action === action)?.keys ?? "";

export function on(action, handler) {
  handlers.set(action, handler);
}

export function remember(change) {
  Object.assign(choice, change);
  keep("keys", choice);
}

const isField = (node) => node.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
const isControl = (node) => node.matches?.("a[href], button, summary, input");

// Each module that has its keys in place says so, for those who drive the page from outside.
export const ready = (name) => (document.documentElement.dataset[name] = "ready");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isField(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (choice.off || (event.key === "Enter" && isControl(event.target))) return;
  const pressed = pending && event.timeStamp < pendingUntil ? `${pending} ${event.key}` : event.key;
  pending = "";
  const row = table.find(({ action }) => keysOf(action) === pressed && handlers.has(action));
  if (row) {
    if (handlers.get(row.action)() !== false) event.preventDefault();
  } else if (table.some(({ action }) => keysOf(action).startsWith(`${pressed} `))) {
    pending = pressed;
    pendingUntil = event.timeStamp + SEQUENCE_MS;
  }
});
