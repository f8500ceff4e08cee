// The page's side of an Explorer: native inputs, a canvas, and texts that a screen reader hears.
// The control that is moved travels to the kernel; pictures, texts and positions come back.

/**
 * What the kernel tells of one control.
 * @typedef {{name: string, label: string, kind: string, texts: string[], rate: number, play: boolean}} Control
 */

/** @param {Control} control @param {string} id */
function makeInput(control, id) {
  if (control.kind === "choice") {
    const options = control.texts.map((text, i) => element("option", { value: i, textContent: text }));
    return element("select", { id }, ...options);
  }
  if (control.kind === "switch") return element("input", { id, type: "checkbox" });
  return element("input", { id, type: "range", min: 0, max: control.texts.length - 1, step: 1 });
}

/** @param {any} input */
const readPosition = (input) => (input.type === "checkbox" ? Number(input.checked) : Number(input.value));

/** @param {any} input @param {number} position */
function showPosition(input, position) {
  if (input.type === "checkbox") input.checked = Boolean(position);
  else input.value = position;
}

/** @param {Model} model @param {Control} control @param {(moves: Record<string, number>) => void} move */
function makeControl(model, control, move) {
  const id = `explorer-${newId()}`;
  const input = makeInput(control, id);
  const text = element("output", { className: "cu-value", htmlFor: id });
  text.setAttribute("aria-live", "off");
  const label = element("label", { htmlFor: id, textContent: control.label });
  input.dataset.control = control.name;
  const showValue = (words) => {
    if (control.kind === "slider") {
      text.textContent = words;
      input.setAttribute("aria-valuetext", words);
    }
  };
  const show = (position) => {
    showPosition(input, position);
    showValue(control.texts[position]);
  };
  input.addEventListener("input", () => {
    show(readPosition(input));
    move({ [control.name]: readPosition(input) });
  });
  const refresh = () => {
    showPosition(input, model.get("_positions")[control.name]);
    showValue(model.get("_between")[control.name] ?? control.texts[readPosition(input)]);
  };
  return { control, input, label, text, show, refresh };
}

const SOON = 40; // milliseconds

// Two messages are on their way at most and moves made meanwhile are merged, so a slider that is held
// down never builds up a queue, and the kernel need not wait for the page in between. What the reader
// is moving is not moved under their hand by what comes back. What waits is sent
// in a hurry before the reader goes elsewhere: it would arrive later and undo that.
// A grip and its slider move with the picture, in one frame: drawing them before takes from the kernel
// the time it draws in. From a kernel that is slower than `SOON` on, they follow the hand at once.
function makeMover(wire, refresh) {
  /** @type {Record<string, number>[]} */
  const onTheirWay = [];
  /** @type {Record<string, number>} */
  let waiting = {};
  let slow = false;
  /** @type {number | undefined} */
  let timer;
  const show = () => {
    clearTimeout(timer);
    timer = undefined;
    refresh();
  };
  const showLate = () => {
    slow = true;
    show();
  };
  const send = () => {
    const [moves, since] = [waiting, performance.now()];
    waiting = {};
    onTheirWay.push(moves);
    wire.send({ move: moves }, (answered) => {
      onTheirWay.splice(onTheirWay.indexOf(moves), 1);
      if (!answered) waiting = {};
      else if (Object.keys(waiting).length > 0) send();
      slow = performance.now() - since > SOON;
      show();
    });
  };
  const move = (/** @type {Record<string, number>} */ moves) => {
    Object.assign(waiting, moves);
    if (onTheirWay.length < 2) send();
    if (slow) show();
    else timer ??= setTimeout(showLate, SOON);
  };
  const hurry = () => Object.keys(waiting).length > 0 && send();
  /** @returns {number | undefined} the position that was asked for last, until it has come */
  const asked = (/** @type {string} */ name) => Object.assign({}, ...onTheirWay, waiting)[name];
  return { move, hurry, asked };
}

// Play keeps up to three steps on their way, so that the kernel need not wait for the page in between.
function makePlay(wire, row) {
  const button = element("button", { type: "button", textContent: "▶ Play" });
  button.setAttribute("aria-label", `Play through ${row.control.label}`);
  const end = row.control.texts.length - 1;
  let playing = false;
  let timer = 0;
  let due = 0;
  let at = 0;
  let unanswered = 0;
  const stop = () => {
    clearTimeout(timer);
    playing = false;
    button.textContent = "▶ Play";
  };
  const send = () => {
    due = Math.max(due + 1000 / row.control.rate, performance.now());
    unanswered += 1;
    wire.send({ move: { [row.control.name]: at } }, onAnswer);
    wait();
  };
  const step = () => {
    if (at >= end) return stop();
    at += 1;
    send();
  };
  const wait = () => {
    clearTimeout(timer);
    if (playing && unanswered < 3) timer = setTimeout(step, Math.max(0, due - performance.now()));
  };
  const onAnswer = () => {
    unanswered -= 1;
    wait();
  };
  button.addEventListener("click", () => {
    if (playing) return stop();
    playing = true;
    due = performance.now();
    button.textContent = "❚❚ Pause";
    at = readPosition(row.input);
    if (at < end) return step();
    at = 0;
    send();
  });
  row.input.addEventListener("input", stop);
  return { button, stop, control: row.control.name };
}

// The page keeps the pixels itself: a browser that guards its reader's privacy gives noise for a
// canvas that is read back. A whole picture is unpacked on the side; patches meanwhile wait for it.
/** @param {DataView} view */
async function unpack(view) {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice();
  const [, width, height] = new Uint32Array(bytes.buffer, 0, 3); // the first makes it another value
  const rows = new DecompressionStream("deflate");
  const writer = rows.writable.getWriter();
  writer.write(bytes.subarray(12));
  writer.close();
  const pixels = await new Response(rows.readable).arrayBuffer();
  return new ImageData(new Uint8ClampedArray(pixels), width, height);
}

/** @param {Model} model */
function makePicture(model) {
  const canvas = element("canvas", { className: "cu-picture" });
  const stage = element("div", { className: "cu-stage" }, canvas);
  canvas.setAttribute("role", "img");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {ImageData | null} */
  let image = null;
  let latest = 0;
  let unpacking = false;
  /** @type {Uint32Array[]} */
  let waiting = [];
  const showBusy = (busy) => {
    unpacking = busy;
    canvas.setAttribute("aria-busy", String(busy));
  };
  const apply = (/** @type {Uint32Array} */ words) => {
    if (!image) return;
    const pixels = new Uint32Array(image.data.buffer);
    const runs = words[1];
    if (runs === 0) return;
    const ofOneColour = words.length === 2 + 3 * runs;
    let from = 2 + 2 * runs;
    for (let i = 0; i < runs; i++) {
      const start = words[2 + i];
      const length = words[2 + runs + i];
      if (ofOneColour) pixels.fill(words[from + i], start, start + length);
      else pixels.set(words.subarray(from, from + length), start);
      from += ofOneColour ? 0 : length;
    }
    const { width } = image;
    const [top, bottom] = [words[2] / width, (words[1 + runs] + words[1 + 2 * runs]) / width];
    context.putImageData(image, 0, 0, 0, Math.floor(top), width, Math.ceil(bottom) - Math.floor(top));
  };
  const drawPatch = () => {
    const view = model.get("_patch");
    if (view.byteLength === 0) return;
    const end = view.byteOffset + view.byteLength;
    const words = new Uint32Array(view.buffer.slice(view.byteOffset, end));
    if (unpacking || !image) waiting.push(words);
    else apply(words);
  };
  const drawWhole = async () => {
    const view = model.get("_picture");
    if (view.byteLength === 0) return;
    const turn = ++latest;
    showBusy(true);
    waiting = [];
    const unpacked = await unpack(view);
    if (turn !== latest) return;
    image = unpacked;
    if (canvas.width !== image.width) canvas.width = image.width;
    if (canvas.height !== image.height) canvas.height = image.height;
    stage.style.width = `${image.width / model.get("_sharpness")}px`;
    context.putImageData(image, 0, 0);
    showBusy(false);
    waiting.splice(0).forEach(apply);
  };
  // Browsers may throw pixels away, as after sleep, and say so when there is room for them again.
  canvas.addEventListener("contextrestored", () => image && context.putImageData(image, 0, 0));
  const describe = () => canvas.setAttribute("aria-label", `${model.get("_alt_text")} ${model.get("readout")}`);
  // A notebook may be opened with the state it was saved with: patches are not all in it.
  const isBehind = () => {
    const [whole, patch] = ["_picture", "_patch"].map((name) => model.get(name));
    return patch.byteLength > 0 && whole.byteLength > 0 && whole.getUint32(0, true) < patch.getUint32(0, true);
  };
  return { canvas, stage, drawWhole, drawPatch, isBehind, describe };
}

// The symbol of a control whose grip is in the picture shows which that is.
/** @param {any} symbol @param {() => HTMLElement[]} grips */
function showGripsOf(symbol, grips) {
  const mean = (meant) => {
    for (const node of [symbol, ...grips()]) node.classList.toggle("cu-meant", meant);
  };
  symbol.tabIndex = 0;
  for (const event of ["pointerenter", "focus"]) symbol.addEventListener(event, () => mean(true));
  for (const event of ["pointerleave", "blur"]) symbol.addEventListener(event, () => mean(false));
}

/** @param {Model} model @param {(control: string) => HTMLElement[]} gripsOf */
function makeFormula(model, gripsOf) {
  const box = element("div", { className: "cu-formula", innerHTML: model.get("_formula") });
  const light = makeLight();
  const places = [...box.querySelectorAll("[data-term]")];
  const held = model.get("_tracks").flatMap(({ x, y }) => [x?.control, y?.control]);
  for (const place of places) {
    const { term } = place.dataset;
    if (held.includes(term)) showGripsOf(place.closest("munder"), () => gripsOf(term));
  }
  const show = () => {
    const numbers = model.get("_numbers");
    for (const place of places) {
      const text = numbers[place.dataset.term] ?? "";
      if (place.textContent === text) continue;
      const moved = place.textContent !== "";
      place.textContent = text;
      if (moved) light(place.closest("munder"));
    }
  };
  return { box, show };
}

// The present state as a line of code and as a link for a text cell: the first is selected, so that it
// can be copied wherever the page may not.
/** @param {Model} model */
function makeLink(model, wire) {
  const button = element("button", { type: "button", textContent: "Keep" });
  button.title = "Write down where everything stands";
  const makeLine = (/** @type {string} */ label) => {
    const line = element("input", { className: "cu-code", readOnly: true, title: label });
    line.setAttribute("aria-label", label);
    return line;
  };
  const code = makeLine("code that brings these values back");
  const fragment = makeLine("where a link in a text cell leads to bring these values back");
  const box = element("div", { hidden: true }, code, fragment);
  button.addEventListener("click", () => wire.send({ link: true }, (answered) => answered && offer()));
  const offer = () => {
    box.hidden = false;
    code.select();
    navigator.clipboard?.writeText(code.value).catch(() => {});
  };
  const show = () => {
    code.value = model.get("_link").code ?? "";
    fragment.value = model.get("_link").fragment ?? "";
  };
  return { button, box, show };
}

// The number that the reader answered, as a line in the picture, until it is pressed away.
/** @param {Model} model @param {HTMLElement} stage */
function makeGuess(model, stage, wire) {
  const line = element("div", { className: "cu-guess" });
  const button = element("button", { type: "button" });
  button.addEventListener("click", () => wire.send({ drop_guess: true }));
  line.append(button);
  stage.append(line);
  return () => {
    const { said, line: sides } = model.get("_guess");
    line.hidden = !said;
    if (!said) return;
    const [left, top, right, bottom] = sides.map((share) => `${100 * share}%`);
    const [width, height] = [`calc(${right} - ${left})`, `calc(${bottom} - ${top})`];
    Object.assign(line.style, { left, top, width, height });
    line.classList.toggle("cu-left", sides[0] > 0.6);
    button.textContent = `you said ${said} ✕`;
    button.setAttribute("aria-label", `you said ${said}: take it out of the picture`);
  };
}

/** @param {{model: Model, el: HTMLElement}} view */
function render({ model, el }) {
  const controls = model.get("_controls");
  const stopPlaying = () => {
    for (const play of plays) play.stop();
  };
  const onBusy = (busy) => covered.setAttribute("aria-busy", String(busy));
  const wire = makeWire(model, { onTrouble: stopPlaying, onBusy });
  const refresh = () => {
    for (const row of rows) {
      const asked = mover.asked(row.control.name);
      if (asked === undefined) row.refresh();
      else row.show(asked);
    }
    grips.refresh();
  };
  const mover = makeMover(wire, refresh);
  const rows = controls.map((control) => makeControl(model, control, mover.move));
  const plays = rows.filter((row) => row.control.play).map((row) => makePlay(wire, row));
  const reset = element("button", { type: "button", textContent: "Reset" });
  const take = (/** @type {Record<string, number>} */ moves) => {
    for (const play of plays) if (play.control in moves) play.stop();
    mover.move(moves);
  };
  const go = (/** @type {object} */ where) => {
    stopPlaying();
    mover.hurry();
    wire.send(where);
  };
  const panel = element("div", { className: "cu-controls" });
  for (const row of rows) panel.append(row.label, row.input, row.text);
  const buttons = element("div", { className: "cu-buttons" }, ...plays.map((p) => p.button), reset);
  const { canvas, stage, drawWhole, drawPatch, isBehind, describe } = makePicture(model);
  const label = makeLabel(model, stage, wire.tell);
  const pointer = makePointer(model, stage, label);
  const reader = makeReader(model, stage, label);
  const grips = makeGrips(model, stage, mover.asked, take);
  let behind = isBehind();
  const readout = element("output", { className: "cu-readout" });
  readout.setAttribute("aria-live", "polite");
  const error = message("cu-error", "alert");
  const goal = message("cu-goal", "status");

  const moments = element("div", { className: "cu-buttons cu-moments" });
  model.get("_moments").forEach((textContent, moment) => {
    const button = element("button", { type: "button", textContent });
    button.addEventListener("click", () => go({ moment }));
    moments.append(button);
  });
  const sentence = message("cu-sentence", "status");
  const showSentence = () => (sentence.textContent = unbroken(model.get("_sentence")));
  const share = makeLink(model, wire);
  const formula = makeFormula(model, grips.of);
  buttons.append(share.button);
  const just = element("button", { type: "button", textContent: "or just show me" });
  const ask = element("p");
  const veil = element("div", { className: "cu-veil" }, ask, just);
  const showVeil = () => {
    const question = model.get("_veil");
    ask.textContent = question ? `This picture answers “${question}” Predict first,` : "";
    veil.hidden = !question;
    covered.classList.toggle("cu-covered", Boolean(question));
    covered.inert = Boolean(question);
  };
  just.addEventListener("click", () => wire.send({ lift_veil: true }));
  reset.addEventListener("click", () => go({ reset: true }));
  const showReadout = () => {
    readout.textContent = unbroken(model.get("readout"));
    describe();
  };
  const showError = () => {
    error.textContent = model.get("_error");
    canvas.classList.toggle("cu-old", Boolean(model.get("_error")) || behind);
  };
  const showGoal = () => {
    const { passed, text } = model.get("_goal");
    goal.textContent = text ? unbroken(`${passed ? "✓ Reached" : "◎ Challenge"}: ${text}`) : "";
    goal.classList.toggle("cu-passed", Boolean(passed));
  };
  const requestNextFrame = () => {
    const onItsWay = model.get("_on_its_way") > 0;
    stage.setAttribute("aria-busy", String(onItsWay));
    if (onItsWay) wire.tell({ advance: true });
  };
  const covered = element("div", { className: "cu-seen" }, panel, buttons, moments, formula.box, stage, reader.heard, readout, sentence, error, goal, share.box);
  const listeners = {
    "change:_picture": drawWhole,
    "change:_patch": drawPatch,
    "change:readout": showReadout,
    "change:_error": showError,
    "change:_goal": showGoal,
    "change:_veil": showVeil,
    "change:_sentence": showSentence,
    "change:_link": share.show,
    "change:_numbers": formula.show,
    "change:_positions": refresh,
    "change:_between": refresh,
    "change:_guess": makeGuess(model, stage, wire),
    "change:_axes": reader.offer,
    "change:_curves": () => (reader.reads() ? reader.refresh() : pointer.refresh()),
    "change:_tracks": grips.refresh,
    "change:_grips": grips.refresh,
    "change:_on_its_way": requestNextFrame,
  };
  const leaveModel = listen(model, listeners);
  for (const listener of Object.values(listeners)) if (listener !== drawPatch) listener();
  const onView = (/** @type {boolean} */ answered) => {
    behind = !answered;
    showError();
  };
  // Patches since the last whole picture are not kept: whoever sees an old one is told if none comes.
  if (behind) wire.send({ new_view: true }, onView);
  else wire.tell({ new_view: true });
  const leaveScreen = watchSharpness((sharpness) => wire.tell({ sharpness }));
  el.classList.add("cu-explorer");
  el.append(veil, covered, wire.error);
  const follow = (/** @type {string} */ fragment) => {
    go({ link_to: fragment });
    el.scrollIntoView({ block: "nearest" });
  };
  const leaveLinks = takeLinks({ el, names: () => model.get("_names"), follow });
  const leaveKeys = keepOwnKeys(el);
  return () => {
    stopPlaying();
    leaveLinks();
    leaveKeys();
    leaveScreen();
    wire.hangUp();
    leaveModel();
  };
}

export default { render };
