// What a reader chose, kept in this browser alone. Storage may be switched off: then choices last for the page.
const memory = new Map();

export function recall(name, fallback) {
  try {
    return JSON.parse(localStorage.getItem(`onrecord.${name}`)) ?? fallback;
  } catch {
    return memory.get(name) ?? fallback;
  }
}

export function keep(name, value) {
  memory.set(name, value);
  try {
    localStorage.setItem(`onrecord.${name}`, JSON.stringify(value));
  } catch {
    // Kept in memory above.
  }
}
