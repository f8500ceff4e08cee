// What a hand can do in an explorer's picture: hold it, and point at it; and how sharp it is drawn.

/**
 * Where the positions of a handle's control lie, as shares of the picture.
 * @typedef {{control: string, places: number[]}} Track
 */

/** @param {number[]} far how far away each place is */
function least(far) {
  return far.reduce((best, here, i) => (here < far[best] ? i : best), 0);
}

/** @param {number[]} places @param {number} share */
function nearest(places, share) {
  return least(places.map((place) => Math.abs(place - share)));
}

const LIT = 900; // milliseconds for which what changed stands out

function makeLight() {
  const timers = new Map();
  return (/** @type {Element} */ node) => {
    node.classList.add("cu-lit");
    clearTimeout(timers.get(node));
    timers.set(node, setTimeout(() => node.classList.remove("cu-lit"), LIT));
  };
}

// Grips over the canvas. A drag moves the controls that a grip stands for, nothing else, so whoever
// cannot point loses nothing. A grip stands where its controls were asked to go.
/** @param {Model} model @param {HTMLElement} stage @param {(name: string) => number | undefined} asked */
function makeGrips(model, stage, asked, take) {
  /** @type {{node: HTMLElement, hold: (event: PointerEvent, at: {x: number, y: number}) => void}[]} */
  const grips = [];
  const axes = ["x", "y"];
  const track = (i, axis) => /** @type {Track | null} */ (model.get("_tracks")[i]?.[axis] ?? null);
  const place = (i) => {
    axes.forEach((axis, k) => {
      const own = track(i, axis);
      const position = own ? asked(own.control) : undefined;
      const share = position === undefined ? model.get("_grips")[i][k] : own?.places[position];
      grips[i].node.style[axis === "x" ? "left" : "top"] = `${100 * share}%`;
    });
  };
  const share = (event) => {
    const box = stage.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  };
  // A control of both axes, as the step that stands at a node, goes to the nearest place in the plane.
  const closest = (i, at) => {
    const [across, up] = axes.map((axis) => track(i, axis));
    if (!across || across.control !== up?.control)
      return axes.map((axis) => nearest(track(i, axis)?.places ?? [], at[axis]));
    const { width, height } = stage.getBoundingClientRect();
    const away = (place, k) => Math.hypot((place - at.x) * width, (up.places[k] - at.y) * height);
    return Array(2).fill(least(across.places.map(away)));
  };
  const drag = (i, at) => {
    /** @type {Record<string, number>} */
    const moves = {};
    const positions = closest(i, at);
    axes.forEach((axis, k) => {
      const own = track(i, axis);
      if (own) moves[own.control] = positions[k];
    });
    take(moves);
  };
  const addGrip = () => {
    const i = grips.length;
    const node = element("div", { className: "cu-grip" });
    node.setAttribute("aria-hidden", "true"); // its controls say and do the same
    const ways = axes.filter((axis) => track(i, axis));
    node.classList.add(ways.length === 2 ? "cu-both" : `cu-${ways[0]}`);
    let apart = { x: 0, y: 0 }; // from the pointer to the grip, so that it does not jump when it is taken
    const hand = makeHand(node, (event) => {
      const at = share(event);
      drag(i, { x: at.x + apart.x, y: at.y + apart.y });
    });
    const hold = (event, at) => {
      if (!hand.takes(event)) return;
      const here = share(event);
      apart = { x: at.x - here.x, y: at.y - here.y };
      event.preventDefault();
    };
    grips.push({ node, hold });
    node.addEventListener("pointerdown", (event) => {
      const [x, y] = model.get("_grips")[i];
      hold(event, { x, y });
    });
    stage.append(node);
  };
  // A finger that comes down may be about to scroll: then it is taken away, and does not go up.
  /** @type {{x: number, y: number} | null} */
  let tapped = null;
  const press = (event) => {
    const at = share(event);
    const called = model.get("_tracks").findIndex(
      ({ pressed: box }) => box && at.x >= box[0] && at.x <= box[2] && at.y >= box[1] && at.y <= box[3],
    );
    if (called < 0) return;
    drag(called, at);
    if (event.type === "pointerdown") grips[called].hold(event, at);
  };
  stage.addEventListener("pointerdown", (event) => {
    tapped = null;
    if (event.button !== 0 || event.defaultPrevented) return; // prevented: a grip is held
    if (event.pointerType === "touch") tapped = { x: event.clientX, y: event.clientY };
    else press(event);
  });
  stage.addEventListener("pointerup", (event) => {
    if (tapped && Math.hypot(event.clientX - tapped.x, event.clientY - tapped.y) < 10) press(event);
    tapped = null;
  });
  const controlsOf = (i) => axes.flatMap((axis) => track(i, axis)?.control ?? []);
  const light = makeLight();
  let seen = model.get("_positions");
  const refresh = () => {
    const now = model.get("_positions");
    while (grips.length < model.get("_grips").length) addGrip();
    for (let i = 0; i < grips.length; i++) {
      place(i);
      if (controlsOf(i).some((name) => now[name] !== seen[name])) light(grips[i].node);
    }
    seen = now;
  };
  const of = (/** @type {string} */ name) => grips.filter((_, i) => controlsOf(i).includes(name));
  return { refresh, of: (/** @type {string} */ name) => of(name).map(({ node }) => node) };
}

/**
 * What an axis counts: names at places, or numbers from end to end, evenly or on a scale.
 * @typedef {{name: string, names?: [number, string][], scale?: string, from: number, to: number,
 *   unit?: string, values?: number[]}} Axis
 */

/** @param {Axis} axis @param {number} share how far along it */
function readAxis(axis, share) {
  if (axis.names) {
    const places = axis.names.map(([place]) => place);
    return `${axis.name} = ${axis.names[nearest(places, share)][1]}`;
  }
  let value = axis.from + share * (axis.to - axis.from);
  if (axis.values) {
    const at = share * (axis.values.length - 1);
    const i = Math.min(Math.floor(at), axis.values.length - 2);
    value = axis.values[i] + (at - i) * (axis.values[i + 1] - axis.values[i]);
  } else if (axis.scale === "log") value = axis.from * (axis.to / axis.from) ** share;
  const digits = axis.values && value > 0.9 && value < 1 ? 4 : 3;
  const number = Number((axis.unit ? 100 * value : value).toPrecision(digits));
  return `${axis.name} = ${number}${axis.unit ? " %" : ""}`;
}

const REACH = 20; // pixels from the pointer within which a curve is named

// A label in the picture that says where a place is: the axes' coordinates there and, on a curve that
// has a name, that. The page works them out; of the kernel it only wants the curves, as long as
// somebody points or reads.
/** @param {Model} model @param {HTMLElement} stage @param {(message: object) => void} tell */
function makeLabel(model, stage, tell) {
  const label = element("div", { className: "cu-at", hidden: true });
  const dot = element("div", { className: "cu-dot", hidden: true });
  for (const node of [label, dot]) node.setAttribute("aria-hidden", "true"); // said to who cannot see
  stage.append(dot, label);
  const wanting = new Set();
  const move = (node, x, y) => Object.assign(node.style, { left: `${100 * x}%`, top: `${100 * y}%` });
  const hide = () => (label.hidden = dot.hidden = true);
  /** @param {string} who */
  const enter = (who) => tell({ pointing: wanting.add(who).size > 0 });
  /** @param {string} who */
  const leave = (who) => {
    hide();
    if (wanting.delete(who)) tell({ pointing: wanting.size > 0 });
  };
  /**
   * @param {number} number of the axes
   * @param {number[]} place shares of their width and height, from their lower left corner
   * @param {{name?: string, dotted?: boolean, beside?: number[]}} how where the label stands, if not there
   */
  const show = (number, [x, y], { name = "", dotted = Boolean(name), beside }) => {
    const axes = model.get("_axes")[number];
    const [left, top, right, bottom] = axes.box;
    const here = [left + x * (right - left), bottom - y * (bottom - top)];
    const [across, down] = beside ?? here;
    const words = [axes.x && readAxis(axes.x, x), axes.y && readAxis(axes.y, y)];
    const text = words.filter(Boolean).join(", ");
    dot.hidden = !dotted;
    move(dot, here[0], here[1]);
    label.hidden = !text;
    label.textContent = name ? `${name}: ${text}` : text;
    label.classList.toggle("cu-left", across > 0.6);
    move(label, across, down);
    return label.textContent;
  };
  return { enter, leave, show, hide };
}

/** @param {Model} model @param {HTMLElement} stage @param {ReturnType<typeof makeLabel>} label */
function makePointer(model, stage, label) {
  const closest = (number, x, y, size) => {
    let best = { far: REACH, name: "", place: [x, y] };
    for (const curve of model.get("_curves")) {
      if (curve.axes !== number) continue;
      for (const place of curve.points) {
        const far = Math.hypot((place[0] - x) * size.width, (place[1] - y) * size.height);
        if (far < best.far) best = { far, name: curve.name, place };
      }
    }
    return best;
  };
  const show = (event) => {
    const box = stage.getBoundingClientRect();
    const across = (event.clientX - box.left) / box.width;
    const down = (event.clientY - box.top) / box.height;
    const inside = ({ box: [left, top, right, bottom] }) =>
      across >= left && across <= right && down >= top && down <= bottom;
    const number = model.get("_axes").findIndex(inside);
    if (number < 0) return label.hide();
    const [left, top, right, bottom] = model.get("_axes")[number].box;
    const size = { width: (right - left) * box.width, height: (bottom - top) * box.height };
    const here = [(across - left) / (right - left), (bottom - down) / (bottom - top)];
    const { name, place } = closest(number, here[0], here[1], size);
    label.show(number, place, { name, beside: [across, down] });
  };
  /** @type {PointerEvent | null} */
  let last = null; // a pointer that rests gets the name of its curve when the curves come
  const hide = () => {
    last = null;
    label.hide();
  };
  // Whoever drags does not point: then the kernel need not send the curves with every picture.
  const comes = (event) => event.pointerType === "touch" || event.buttons || label.enter("pointer");
  const goes = () => {
    last = null;
    label.leave("pointer");
  };
  for (const name of ["pointerenter", "pointerup"]) stage.addEventListener(name, comes);
  for (const name of ["pointerdown", "pointerleave"]) stage.addEventListener(name, goes);
  stage.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || event.buttons) return hide();
    last = event;
    show(event);
  });
  return { refresh: () => last && show(last) };
}

// How many of the screen's pixels make one of the page's, at most two; `tell` is called whenever that
// changes, as when the window moves to another screen or the reader zooms.
/** @param {(sharpness: number) => void} tell */
function watchSharpness(tell) {
  let query = matchMedia("all");
  const look = () => {
    query.removeEventListener("change", look);
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener("change", look);
    tell(Math.min(2, Math.max(1, devicePixelRatio)));
  };
  look();
  return () => query.removeEventListener("change", look);
}
