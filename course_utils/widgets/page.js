// What the page's side of every widget shares; this text stands before each widget's own.

const element = (tag, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};

const newId = () => crypto.randomUUID?.() ?? String(Math.random());

// The keys that each kind of control uses itself; every other key is JupyterLab's.
const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
const JUMPS = ["Home", "End", "PageUp", "PageDown"];
const KEYS = {
  range: [...ARROWS, ...JUMPS],
  "select-one": [...ARROWS, ...JUMPS, " ", "Enter", "Escape"],
  radio: [...ARROWS, " "],
  checkbox: [" "],
  button: [" ", "Enter"],
};

function isOwnKey(node, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === "Tab") return true;
  if (event.shiftKey) return false;
  const jumpsToAnOption = node.type === "select-one" && event.key.length === 1;
  return jumpsToAnOption || Boolean(KEYS[node.type]?.includes(event.key));
}

// JupyterLab leaves a key alone if this attribute is there. The window hears of it before JupyterLab.
function keepOwnKeys(el) {
  const mark = (event) => {
    const { target } = event;
    if (el.contains(target)) target.toggleAttribute("data-lm-suppress-shortcuts", isOwnKey(target, event));
  };
  window.addEventListener("keydown", mark, true);
  return () => window.removeEventListener("keydown", mark, true);
}

const PATIENCE = 10_000; // milliseconds
const GONE = "The kernel that answered here has stopped or was started anew: run this cell again.";
const LATE = "No answer yet: the kernel is busy. If it was started anew, run this cell again.";

// Messages to the kernel: `tell` wants no answer; what is sent by `send` carries a ticket, and
// `done(answered)` is called when the ticket comes back or never will. If there is no answer, the
// reader is told so and `onTrouble` called.
function makeWire(model, onTrouble) {
  const words = element("div", { className: "cu-alarm" });
  words.setAttribute("role", "alert");
  const view = newId();
  const open = new Map();
  let count = 0;
  const complain = (text) => {
    words.textContent = text;
    onTrouble();
  };
  const close = (ticket, answered) => {
    const { done, timer } = open.get(ticket);
    open.delete(ticket);
    clearTimeout(timer);
    done(answered);
  };
  const lose = () => {
    complain(GONE);
    for (const ticket of [...open.keys()]) close(ticket, false);
  };
  const tell = (message) => {
    try {
      model.send(message);
    } catch {
      lose();
    }
  };
  const send = (message, done = () => {}) => {
    const ticket = `${view} ${(count += 1)}`;
    open.set(ticket, { done, timer: setTimeout(() => complain(LATE), PATIENCE) });
    tell({ ...message, ticket });
  };
  const onAnswer = () => {
    const ticket = model.get("_answered");
    if (!open.has(ticket)) return;
    words.textContent = "";
    close(ticket, true);
  };
  model.on("change:_answered", onAnswer);
  const hangUp = () => {
    open.forEach(({ timer }) => clearTimeout(timer));
    model.off("change:_answered", onAnswer);
  };
  return { tell, send, words, hangUp };
}
