// A pad to draw on: dots that the hand inks, what the network sees of them, and what it says.

const DOTS = 32;
const BRUSH = 1.9; // dots

/** @param {HTMLElement} canvas @param {number[][]} rows from 0, white, to 1, black */
function paint(canvas, rows) {
  const sheet = /** @type {HTMLCanvasElement} */ (canvas);
  sheet.width = sheet.height = rows.length || 1;
  const context = /** @type {CanvasRenderingContext2D} */ (sheet.getContext("2d"));
  rows.forEach((row, y) => {
    row.forEach((value, x) => {
      const grey = Math.round(255 * (1 - value));
      context.fillStyle = `rgb(${grey}, ${grey}, ${grey})`;
      context.fillRect(x, y, 1, 1);
    });
  });
}

// The sheet itself. Arrow keys move the pen for whoever cannot point; Space puts it down or lifts it.
function makeSheet(onDraw) {
  const sheet = element("canvas", { className: "cu-pad-ink", tabIndex: 0, type: "select-one" }); // own keys
  sheet.setAttribute("role", "application");
  sheet.setAttribute("aria-label", "a pad to draw on; arrow keys move the pen, Space puts it down");
  let ink = Array.from({ length: DOTS }, () => Array(DOTS).fill(0));
  /** @type {[number, number]} */
  let pen = [DOTS / 2, DOTS / 2];
  let down = false;
  const show = () => paint(sheet, ink);
  const blot = (x, y) => {
    for (let j = 0; j < DOTS; j++)
      for (let i = 0; i < DOTS; i++) if (Math.hypot(i + 0.5 - x, j + 0.5 - y) < BRUSH) ink[j][i] = 1;
  };
  const lineTo = (x, y) => {
    const steps = Math.max(1, Math.ceil(Math.hypot(x - pen[0], y - pen[1])));
    for (let k = 0; k <= steps; k++)
      blot(pen[0] + ((x - pen[0]) * k) / steps, pen[1] + ((y - pen[1]) * k) / steps);
    pen = [x, y];
    show();
    onDraw();
  };
  /** @returns {[number, number]} */
  const place = (event) => {
    const box = sheet.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * DOTS, ((event.clientY - box.top) / box.height) * DOTS];
  };
  const hand = makeHand(sheet, (event) => lineTo(...place(event)));
  sheet.addEventListener("pointerdown", (event) => {
    if (!hand.takes(event)) return;
    down = false;
    pen = place(event);
    lineTo(...pen);
  });
  sheet.addEventListener("contextrestored", show);
  sheet.addEventListener("keydown", (event) => {
    const [right, below] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if (event.key === " ") down = !down;
    else if (!right && !below) return;
    event.preventDefault();
    const to = /** @type {[number, number]} */ ([pen[0] + right, pen[1] + below].map((at) => Math.min(DOTS, Math.max(0, at))));
    if (down) lineTo(...to);
    else pen = to;
  });
  const wipe = () => {
    ink = ink.map((row) => row.map(() => 0));
    down = false;
    show();
    onDraw();
  };
  const take = (/** @type {string} */ dots) => {
    if (dots) ink = ink.map((row, j) => row.map((_, i) => Number(dots[DOTS * j + i])));
    show();
  };
  return { sheet, wipe, take, dots: () => ink.flat().join("") };
}

/** @param {{model: Model, el: HTMLElement}} view */
function render({ model, el }) {
  const wire = makeWire(model);
  let waiting = false;
  let stale = false;
  const ask = () => {
    stale = waiting;
    if (waiting) return;
    waiting = true;
    wire.send({ ink: pad.dots() }, () => {
      waiting = false;
      if (stale) ask();
    });
  };
  const pad = makeSheet(ask);
  const takeInk = () => waiting || pad.take(model.get("_ink")); // of another view, or from before
  const wipe = element("button", { type: "button", textContent: "Wipe" });
  wipe.addEventListener("click", () => pad.wipe());
  const seen = element("canvas", { className: "cu-pad-seen" });
  seen.setAttribute("aria-hidden", "true"); // what is said of it stands in words
  const says = element("div", { className: "cu-pad-says" });
  says.setAttribute("aria-hidden", "true");
  const bars = model.get("_names").map((name) => {
    const bar = element("div");
    const number = element("span");
    says.append(element("span", { textContent: name }), bar, number);
    return { bar, number };
  });
  const readout = message("cu-readout", "status");
  const show = () => {
    paint(seen, model.get("_seen"));
    bars.forEach(({ bar, number }, k) => {
      const share = model.get("_probabilities")[k] ?? 0;
      bar.style.width = `${100 * share}%`;
      number.textContent = `${(100 * share).toFixed(0)} %`;
    });
    readout.textContent = unbroken(model.get("readout"));
  };
  const leave = listen(model, {
    "change:_seen": show,
    "change:_probabilities": show,
    "change:readout": show,
    "change:_ink": takeInk,
  });
  show();
  takeInk();
  const figure = (node, words) => element("figure", {}, node, element("figcaption", { textContent: words }));
  el.classList.add("cu-pad");
  el.append(
    element("div", {}, figure(pad.sheet, "your drawing"), wipe),
    figure(seen, "what the network sees"),
    element("div", {}, says, readout, wire.error),
  );
  const leaveKeys = keepOwnKeys(el);
  return () => {
    leaveKeys();
    wire.hangUp();
    leave();
  };
}

export default { render };
