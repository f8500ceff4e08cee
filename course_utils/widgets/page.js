// What the page's side of every widget shares; this text stands before each widget's own.

/**
 * What anywidget hands to a widget: its state, its events, and a line to the kernel.
 * @typedef {{
 *   get(name: string): any,
 *   on(event: string, listener: () => void): void,
 *   off(event: string, listener: () => void): void,
 *   send(message: object): void,
 * }} Model
 */

/** @returns {any} whatever element of the page has that tag */
const element = (tag, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};

// An element that says something when it is not empty: at once as an alert, else when there is time.
const message = (className, role) => {
  const node = element("div", { className });
  node.setAttribute("role", role);
  return node;
};

// A percent sign stays on the line of its number.
const unbroken = (/** @type {string} */ text) => text.replace(/(\d) (?=%)/g, "$1\u00a0");

// Have the listeners called on the model's events, and return what ends that.
/** @param {Model} model @param {Record<string, () => void>} listeners */
const listen = (model, listeners) => {
  const events = Object.entries(listeners);
  for (const [event, listener] of events) model.on(event, listener);
  return () => {
    for (const [event, listener] of events) model.off(event, listener);
  };
};

const newId = () => crypto.randomUUID?.() ?? String(Math.random());

// The keys that each kind of control uses itself; every other key is JupyterLab's.
const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
const JUMPS = ["Home", "End", "PageUp", "PageDown"];
const KEYS = {
  range: [...ARROWS, ...JUMPS],
  "select-one": [...ARROWS, ...JUMPS, " ", "Enter", "Escape"],
  text: [...ARROWS, "Home", "End"],
  radio: [...ARROWS, " "],
  checkbox: [" "],
  button: [" ", "Enter"],
  application: [...ARROWS, ...JUMPS, "Escape"],
};

/** @param {any} node @param {KeyboardEvent} event */
function isOwnKey(node, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === "Tab") return true;
  if (event.shiftKey) return false;
  const jumpsToAnOption = node.type === "select-one" && event.key.length === 1;
  return jumpsToAnOption || Boolean(KEYS[node.type ?? node.getAttribute("role")]?.includes(event.key));
}

// JupyterLab leaves a key alone if this attribute is there. The window hears of it before JupyterLab.
/** @param {HTMLElement} el */
function keepOwnKeys(el) {
  const mark = (/** @type {any} */ event) => {
    const { target } = event;
    if (el.contains(target)) target.toggleAttribute("data-lm-suppress-shortcuts", isOwnKey(target, event));
  };
  window.addEventListener("keydown", mark, true);
  return () => window.removeEventListener("keydown", mark, true);
}

// The hand that holds a node: one pointer at a time, by its main button, until it lets go. Where
// nobody heard of that, as outside the window, the next move tells by its buttons.
/** @param {HTMLElement} node @param {(event: PointerEvent) => void} follow */
function makeHand(node, follow) {
  /** @type {number | null} */
  let holder = null;
  const takes = (/** @type {PointerEvent} */ event) => {
    if (event.button !== 0 || (holder !== null && !event.isPrimary)) return false;
    holder = event.pointerId;
    node.setPointerCapture(holder);
    return true;
  };
  const letGo = (/** @type {PointerEvent} */ event) => {
    if (event.pointerId === holder) holder = null;
  };
  node.addEventListener("pointermove", (event) => {
    if (event.pointerId !== holder) return;
    if (event.buttons & 1) follow(event);
    else letGo(event);
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
    node.addEventListener(end, (event) => letGo(/** @type {PointerEvent} */ (event)));
  return { takes };
}

const PATIENCE = 10_000; // milliseconds
const GONE = "The kernel that answered here has stopped or was started anew: run this cell again.";
const LATE = "No answer yet: the kernel is busy. If it was started anew, run this cell again.";

// Messages to the kernel: `tell` wants no answer; what is sent by `send` carries a ticket, and
// `done(answered)` is called when the ticket comes back or never will. If there is no answer, the
// reader is told so and `onTrouble` called; `onBusy` hears whether answers are still missing.
/** @param {Model} model @param {{onTrouble?: () => void, onBusy?: (busy: boolean) => void}} hearers */
function makeWire(model, { onTrouble = () => {}, onBusy = () => {} } = {}) {
  const error = message("cu-error", "alert");
  const view = newId();
  const waiting = new Map(); // tickets that have not come back
  let count = 0;
  const complain = (text) => {
    error.textContent = text;
    onTrouble();
  };
  const close = (ticket, answered) => {
    const { done, timer } = waiting.get(ticket);
    waiting.delete(ticket);
    clearTimeout(timer);
    done(answered);
    onBusy(waiting.size > 0);
  };
  const lose = () => {
    complain(GONE);
    for (const ticket of [...waiting.keys()]) close(ticket, false);
  };
  const tell = (message) => {
    try {
      model.send(message);
    } catch {
      lose();
    }
  };
  /** @param {object} message @param {(answered: boolean) => void} done */
  const send = (message, done = () => {}) => {
    count += 1;
    const ticket = `${view} ${count}`;
    waiting.set(ticket, { done, timer: setTimeout(() => complain(LATE), PATIENCE) });
    onBusy(true);
    tell({ ...message, ticket });
  };
  const onAnswer = () => {
    const ticket = model.get("_answered");
    if (!waiting.has(ticket)) return;
    error.textContent = "";
    close(ticket, true);
  };
  const leave = listen(model, { "change:_answered": onAnswer });
  const hangUp = () => {
    for (const { timer } of waiting.values()) clearTimeout(timer);
    leave();
  };
  return { tell, send, error, hangUp };
}
