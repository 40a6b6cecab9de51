// The article page: one entry selected at a time, in the text and in the panel together.
import { on, ready } from "./keys.js";
import { copy, say } from "./room.js";
import { keep, recall } from "./storage.js";

const text = document.querySelector(".text");
const panel = document.querySelector(".panel");
const cards = [...panel.querySelectorAll(".card")];
const order = cards.map((card) => card.dataset.ref);
const statements = order.map((ref) => `#s-${ref}`);
const cardOf = new Map(cards.map((card) => [card.dataset.ref, card]));
// Every other entry has a link to its words, and stands in the row that holds the link.
const rowOf = new Map([...panel.querySelectorAll('a[href^="#e-"]')].map((link) => [link.hash.slice(3), link.closest("li")]));
const marksOf = (ref) => [...text.querySelectorAll(`[data-ref="${CSS.escape(ref)}"]`)];
let selected = null;

function clear() {
  for (const node of document.querySelectorAll(".on, .part")) node.classList.remove("on", "part");
  selected = null;
}

// The words of an entry (`s-` statement, `e-` any other) or of a slot (`w-`), by the address that a link to them has.
function select(hash, { keepPlace = false, leaves = false } = {}) {
  const kind = hash.slice(1, 2);
  const ref = hash.slice(3);
  const item = cardOf.get(ref) ?? rowOf.get(ref) ?? panel.querySelector(`a[href="${CSS.escape(hash)}"]`)?.closest("li");
  const marks = marksOf(ref);
  if (!item && !marks.length) return false;
  clear();
  // The address names the place, without one step of history for each that is passed; but in one column the panel
  // stands far below the text, and the way back to it is the browser's. It keeps the place that is left, so it goes first.
  history[leaves ? "pushState" : "replaceState"](null, "", hash);
  selected = kind === "w" ? (item?.id ?? "").slice(2) || null : ref;
  for (const mark of marks) mark.classList.add("on");
  item?.classList.add("on");
  // What fills the slots of an event is outlined while its own words are marked.
  for (const link of kind === "e" && item ? item.querySelectorAll('a[href^="#w-"]') : []) {
    for (const mark of marksOf(link.hash.slice(3))) mark.classList.add("part");
  }
  if (!keepPlace) (marks.find((mark) => mark.classList.contains("first")) ?? marks[0])?.scrollIntoView({ block: "center" });
  if (item) reveal(item);
  say(kind === "w" ? marks.map((mark) => mark.textContent).join("") : (item?.dataset.line ?? item?.textContent ?? ""));
  return true;
}

// How far down the panel something stands, from the top of all that it holds.
const depthOf = (item) => item.getBoundingClientRect().top - panel.getBoundingClientRect().top + panel.scrollTop;

function reveal(card) {
  // The panel alone is scrolled: scrollIntoView would drag the text along.
  if (panel.scrollHeight <= panel.clientHeight) return;
  const top = depthOf(card);
  if (top < panel.scrollTop || top + card.offsetHeight > panel.scrollTop + panel.clientHeight) {
    panel.scrollTo({ top: top - panel.clientHeight / 4 });
  }
}

// The next of what is chosen: of the events if it is one, and of the statements at first.
function step(by) {
  const row = rowOf.get(selected);
  const kin = row ? [...row.parentElement.children].map((each) => each.querySelector('a[href^="#e-"]').hash) : statements;
  if (!kin.length) return false;
  const at = row ? kin.indexOf(row.querySelector('a[href^="#e-"]').hash) : order.indexOf(selected);
  const now = at < 0 ? firstInView() : at + by;
  return select(kin[Math.min(kin.length - 1, Math.max(0, now))]);
}

function firstInView() {
  return Math.max(0, order.findIndex((ref) => marksOf(ref)[0]?.getBoundingClientRect().top >= 0));
}

// The page of the entry that is selected, where it has one of its own.
function pageOf(ref) {
  if (cardOf.has(ref)) return `/s/${ref}`;
  return rowOf.get(ref)?.classList.contains("act") ? `/e/${ref}` : null;
}

on("next", () => step(1));
on("previous", () => step(-1));
on("outer", () => {
  const parent = cardOf.get(selected)?.dataset.parent;
  return parent ? select(`#s-${parent}`) : false;
});
on("inner", () => {
  const child = cards.find((card) => selected && card.dataset.parent === selected);
  return child ? select(`#s-${child.dataset.ref}`) : false;
});
on("open", () => (pageOf(selected) ? location.assign(pageOf(selected)) : false));
on("copy", () => copy(new URL(pageOf(selected) ?? location.href, location.href).href, "Link"));
on("back", () => {
  if (selected) {
    clear();
    history.replaceState(null, "", location.pathname + location.search);
    say("Nothing selected");
    return true;
  }
  return history.length > 1 ? history.back() : false;
});

// A click takes the innermost entry under it, the next click on the same place the one around it.
const shown = (mark) => document.getElementById(`layer-${[...mark.classList].find((name) => layers.has(name))}`)?.checked;
text.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (link && !link.closest(".note")) return;
  if (link) {
    event.preventDefault();
    select(`#s-${link.hash.slice(3)}`, { keepPlace: true });
    return;
  }
  if (!getSelection().isCollapsed) return;
  const under = [];
  for (let node = event.target; node && node !== text; node = node.parentElement) {
    const ref = node.dataset.ref;
    if ((cardOf.has(ref) || rowOf.has(ref)) && shown(node) && !under.includes(ref)) under.push(ref);
  }
  const ref = under[(under.indexOf(selected) + 1) % under.length];
  if (ref) select(`#${cardOf.has(ref) ? "s" : "e"}-${ref}`, { keepPlace: true });
});
panel.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#s-"], a[href^="#e-"], a[href^="#w-"]');
  const leaves = getComputedStyle(panel).position === "static";
  if (link && select(link.hash, { leaves })) event.preventDefault();
});

// Layers: the boxes work by CSS alone; script adds the keys and remembers the choice.
const boxes = [...document.querySelectorAll(".layers input")];
const layers = new Set(boxes.map((box) => box.id.slice("layer-".length)));
const hidden = new Set(recall("hidden-layers", []));
for (const [index, box] of boxes.entries()) {
  if (!box.disabled) box.checked = !hidden.has(box.id);
  on(`layer-${index + 1}`, () => (box.disabled ? false : box.click()));
  box.addEventListener("change", () => {
    box.checked ? hidden.delete(box.id) : hidden.add(box.id);
    keep("hidden-layers", [...hidden]);
    say(`${box.dataset.label} ${box.checked ? "shown" : "hidden"}`);
  });
}

// While nothing is selected the panel goes along with the text.
const inView = new Set();
const watcher = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    isIntersecting ? inView.add(target.dataset.ref) : inView.delete(target.dataset.ref);
  }
  if (selected || panel.matches(":hover, :focus-within")) return;
  const first = order.find((ref) => inView.has(ref));
  if (first && panel.scrollHeight > panel.clientHeight) {
    panel.scrollTo({ top: depthOf(cardOf.get(first)) - 40 });
  }
});
for (const mark of text.querySelectorAll(".statement.first")) watcher.observe(mark);

// What the address means is marked, when the page opens and when another link to it is followed.
const PLACE = /^#([scew])-([\da-f-]+)$/;
function arrive(how) {
  const found = PLACE.exec(location.hash);
  if (found) select(`#${found[1] === "c" ? "s" : found[1]}-${found[2]}`, how);
  else if (!location.hash) clear();
}
addEventListener("hashchange", () => arrive({ keepPlace: true }));
arrive();

ready("reader");
