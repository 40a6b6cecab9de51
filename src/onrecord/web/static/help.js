// The page of keys: switch them off, or give one another key.
import { choice, keysOf, remember } from "./keys.js";
import { say } from "./room.js";

const off = document.getElementById("keys-off");
off.checked = choice.off;
off.addEventListener("change", () => {
  remember({ off: off.checked });
  say(off.checked ? "Single keys are off" : "Single keys are on");
});
const fields = [...document.querySelectorAll("input[data-action]")];
for (const field of fields) {
  field.value = keysOf(field.dataset.action);
  field.addEventListener("change", () => {
    const wanted = field.value.trim();
    const taken = fields.find((other) => other !== field && other.value.trim() === wanted);
    if (wanted && !taken) {
      remember({ map: { ...choice.map, [field.dataset.action]: wanted } });
      say(`${field.dataset.does}: ${wanted}`);
    } else {
      field.value = keysOf(field.dataset.action);
      say(taken ? `${wanted} is taken by: ${taken.dataset.does}` : "A key is needed; switch single keys off instead");
    }
  });
}
document.getElementById("keys-reset").addEventListener("click", () => {
  remember({ off: false, map: {} });
  off.checked = false;
  for (const field of fields) field.value = keysOf(field.dataset.action);
  say("Keys as they came");
});
