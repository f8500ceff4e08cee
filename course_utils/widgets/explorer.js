// The page's side of an Explorer: native inputs, a canvas, and texts that a screen reader hears.
// Positions travel to the kernel; pictures and texts come back. The widget protocol keeps one
// message under way and merges the rest, so a slider that is held down never builds up a queue.

const element = (tag, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};

function makeInput(control, id) {
  if (control.kind === "choice") {
    const options = control.texts.map((text, i) => element("option", { value: i, textContent: text }));
    return element("select", { id }, ...options);
  }
  if (control.kind === "switch") return element("input", { id, type: "checkbox" });
  return element("input", { id, type: "range", min: 0, max: control.texts.length - 1, step: 1 });
}

const readPosition = (input) => (input.type === "checkbox" ? Number(input.checked) : Number(input.value));

function showPosition(input, position) {
  if (input.type === "checkbox") input.checked = Boolean(position);
  else input.value = position;
}

function makeControl(model, control, send) {
  const id = `explorer-${crypto.randomUUID?.() ?? Math.random()}`;
  const input = makeInput(control, id);
  const text = element("output", { className: "cu-value", htmlFor: id });
  text.setAttribute("aria-live", "off");
  const label = element("label", { htmlFor: id, textContent: control.label });
  input.dataset.control = control.name;
  const say = (words) => {
    if (control.kind === "slider") {
      text.textContent = words;
      input.setAttribute("aria-valuetext", words);
    }
  };
  const move = (position) => {
    showPosition(input, position);
    say(control.texts[position]);
    send(control.name, position);
  };
  input.addEventListener("input", () => move(readPosition(input)));
  const refresh = () => {
    showPosition(input, model.get("_positions")[control.name]);
    say(model.get("_between")[control.name] ?? control.texts[readPosition(input)]);
  };
  return { control, input, label, text, move, refresh };
}

// Play keeps up to three steps on their way, so that the kernel need not wait for the page in between.
function makePlay(model, row) {
  const button = element("button", { type: "button", textContent: "▶ Play" });
  button.setAttribute("aria-label", `Play through ${row.control.label}`);
  const end = row.control.texts.length - 1;
  let playing = false;
  let timer = null;
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
    model.send({ step: { [row.control.name]: at } });
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
    unanswered = Math.max(0, unanswered - 1);
    wait();
  };
  button.addEventListener("click", () => {
    if (playing) return stop();
    playing = true;
    unanswered = 0;
    due = performance.now();
    button.textContent = "❚❚ Pause";
    at = readPosition(row.input);
    if (at < end) return step();
    at = 0;
    send();
  });
  row.input.addEventListener("input", stop);
  return { button, stop, onAnswer };
}

// A whole picture is decoded in another thread; patches that come meanwhile wait for it.
function makePicture(model) {
  const canvas = element("canvas", { className: "cu-picture" });
  canvas.setAttribute("role", "img");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let image = null;
  let latest = 0;
  let decoding = false;
  let waiting = [];
  const apply = (words) => {
    const pixels = new Uint32Array(image.data.buffer);
    const runs = words[1];
    let from = 2 + 2 * runs;
    for (let i = 0; i < runs; i++) {
      const length = words[2 + runs + i];
      pixels.set(words.subarray(from, from + length), words[2 + i]);
      from += length;
    }
    context.putImageData(image, 0, 0);
  };
  const drawPatch = () => {
    const view = model.get("_patch");
    if (view.byteLength === 0) return;
    const end = view.byteOffset + view.byteLength;
    const words = new Uint32Array(view.buffer.slice(view.byteOffset, end));
    if (decoding || !image) waiting.push(words);
    else apply(words);
  };
  const drawWhole = async () => {
    const bytes = model.get("_picture");
    if (bytes.byteLength === 0) return;
    const turn = ++latest;
    decoding = true;
    waiting = [];
    const options = { colorSpaceConversion: "none", premultiplyAlpha: "none" };
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }), options);
    if (turn !== latest) return;
    if (canvas.width !== bitmap.width) canvas.width = bitmap.width;
    if (canvas.height !== bitmap.height) canvas.height = bitmap.height;
    context.drawImage(bitmap, 0, 0);
    image = context.getImageData(0, 0, canvas.width, canvas.height);
    decoding = false;
    waiting.splice(0).forEach(apply);
  };
  const describe = () => canvas.setAttribute("aria-label", `${model.get("_about")} ${model.get("readout")}`);
  return { canvas, drawWhole, drawPatch, describe };
}

function render({ model, el }) {
  const controls = model.get("_controls");
  const send = (name, position) => {
    model.set("_positions", { ...model.get("_positions"), [name]: position });
    model.save_changes();
  };
  const rows = controls.map((control) => makeControl(model, control, send));
  const plays = rows.filter((row) => row.control.play).map((row) => makePlay(model, row));
  const reset = element("button", { type: "button", textContent: "Reset" });
  const panel = element("div", { className: "cu-controls" });
  for (const row of rows) panel.append(row.label, row.input, row.text);
  const buttons = element("div", { className: "cu-buttons" }, ...plays.map((p) => p.button), reset);
  const { canvas, drawWhole, drawPatch, describe } = makePicture(model);
  const readout = element("output", { className: "cu-readout" });
  readout.setAttribute("aria-live", "polite");
  const alarm = element("div", { className: "cu-alarm" });
  alarm.setAttribute("role", "alert");
  const goal = element("div", { className: "cu-goal" });
  goal.setAttribute("role", "status");

  reset.addEventListener("click", () => {
    plays.forEach((play) => play.stop());
    model.send({ reset: true });
  });
  const tell = () => {
    readout.textContent = model.get("readout");
    describe();
  };
  const warn = () => {
    alarm.textContent = model.get("_alarm");
    canvas.classList.toggle("cu-old", Boolean(model.get("_alarm")));
  };
  const judge = () => {
    const { passed, text } = model.get("_goal");
    goal.textContent = text ? `${passed ? "✓ Reached" : "◎ Challenge"}: ${text}` : "";
    goal.classList.toggle("cu-passed", Boolean(passed));
  };
  const refresh = () => rows.forEach((row) => row.refresh());
  const askForMore = () => {
    if (model.get("_on_its_way")) model.send({ go_on: true });
  };
  const listeners = {
    "change:_picture": drawWhole,
    "change:_patch": drawPatch,
    "change:readout": tell,
    "change:_alarm": warn,
    "change:_goal": judge,
    "change:_positions": refresh,
    "change:_between": refresh,
    "change:_on_its_way": askForMore,
    "change:_moves": () => plays.forEach((play) => play.onAnswer()),
  };
  for (const [event, listener] of Object.entries(listeners)) {
    model.on(event, listener);
    if (listener !== drawPatch) listener();
  }
  model.send({ new_view: true }); // patches since the last whole picture are not kept
  el.classList.add("cu-explorer");
  // Keys pressed on a control are the control's: without this JupyterLab takes the arrows.
  for (const node of [...panel.children, ...buttons.children]) node.dataset.lmSuppressShortcuts = "";
  el.append(panel, buttons, canvas, readout, alarm, goal);
  return () => {
    plays.forEach((play) => play.stop());
    for (const [event, listener] of Object.entries(listeners)) model.off(event, listener);
  };
}

export default { render };
