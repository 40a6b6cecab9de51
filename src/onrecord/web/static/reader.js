// The article page: one statement selected at a time, in the text and in the panel together.
import { on, ready } from "./keys.js";
import { copy, say } from "./room.js";
import { keep, recall } from "./storage.js";

const text = document.querySelector(".text");
const panel = document.querySelector(".panel");
const cards = [...panel.querySelectorAll(".card")];
const order = cards.map((card) => card.dataset.ref);
const cardOf = new Map(cards.map((card) => [card.dataset.ref, card]));
const marksOf = (ref) => text.querySelectorAll(`[data-ref="${CSS.escape(ref)}"]`);
let selected = null;

function clear() {
  for (const node of document.querySelectorAll(".on")) node.classList.remove("on");
  selected = null;
}

function select(ref, { keepPlace = false } = {}) {
  const card = cardOf.get(ref);
  if (!card) return false;
  clear();
  selected = ref;
  const marks = [...marksOf(ref)];
  for (const mark of marks) mark.classList.add("on");
  card.classList.add("on");
  if (!keepPlace) marks.find((mark) => mark.classList.contains("statement"))?.scrollIntoView({ block: "center" });
  reveal(card);
  // The address names the place, without one step of history for each statement passed.
  history.replaceState(null, "", `#s-${ref}`);
  say(card.dataset.line);
  return true;
}

function reveal(card) {
  // The panel alone is scrolled: scrollIntoView would drag the text along.
  if (panel.scrollHeight <= panel.clientHeight) return;
  const top = card.offsetTop - panel.offsetTop;
  if (top < panel.scrollTop || top + card.offsetHeight > panel.scrollTop + panel.clientHeight) {
    panel.scrollTo({ top: top - panel.clientHeight / 4 });
  }
}

function step(by) {
  if (!order.length) return false;
  const now = order.indexOf(selected ?? order[firstInView()]);
  const next = selected === null ? Math.max(0, now) : now + by;
  return select(order[Math.min(order.length - 1, Math.max(0, next))]);
}

function firstInView() {
  return Math.max(0, order.findIndex((ref) => marksOf(ref)[0]?.getBoundingClientRect().top >= 0));
}

on("next", () => step(1));
on("previous", () => step(-1));
on("outer", () => {
  const parent = cardOf.get(selected)?.dataset.parent;
  return parent ? select(parent) : false;
});
on("inner", () => {
  const child = cards.find((card) => selected && card.dataset.parent === selected);
  return child ? select(child.dataset.ref) : false;
});
on("open", () => (selected ? location.assign(`/s/${selected}`) : false));
on("copy", () => copy(new URL(selected ? `/s/${selected}` : location.pathname, location.href).href, "Link"));
on("back", () => {
  if (selected) {
    clear();
    history.replaceState(null, "", location.pathname + location.search);
    say("Nothing selected");
    return true;
  }
  return history.length > 1 ? history.back() : false;
});

// A click takes the innermost statement under it, the next click on the same place the one around it.
text.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (link && !link.closest(".note")) return;
  if (link) {
    event.preventDefault();
    select(link.hash.slice(3), { keepPlace: true });
    return;
  }
  if (!getSelection().isCollapsed) return;
  const under = [];
  for (let node = event.target; node && node !== text; node = node.parentElement) {
    if (node.classList.contains("statement") && !under.includes(node.dataset.ref)) under.push(node.dataset.ref);
  }
  if (under.length) select(under[(under.indexOf(selected) + 1) % under.length], { keepPlace: true });
});
panel.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#s-"]');
  if (link) {
    event.preventDefault();
    select(link.hash.slice(3));
  }
});

// Layers: the boxes work by CSS alone; script adds the keys and remembers the choice.
const boxes = [...document.querySelectorAll(".layers input")];
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
    panel.scrollTo({ top: cardOf.get(first).offsetTop - panel.offsetTop - 40 });
  }
});
for (const mark of text.querySelectorAll(".statement.first")) watcher.observe(mark);

const arrived = /^#[sc]-(.+)$/.exec(location.hash);
if (arrived) select(decodeURIComponent(arrived[1]));

ready("reader");
