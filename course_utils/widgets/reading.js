// What the pointer reads in a picture, read by keys: left and right along a curve, up and down to
// another, or along both axes where no curve has a name; page up and down to the next axes.

const STEP = 0.02; // of the axes' width or height

/** @typedef {{name: string, points: number[][]}} Curve */

// The number of the next point of a curve that lies a step away, or else of its end.
/** @param {number[][]} points @param {number} from @param {number} way 1 or -1 */
function nextPoint(points, from, way) {
  const [x, y] = points[from];
  let i = from;
  while (points[i + way]) {
    i += way;
    if (Math.hypot(points[i][0] - x, points[i][1] - y) >= STEP) break;
  }
  return i;
}

/** @param {number} share */
const within = (share) => Math.min(1, Math.max(0, share));

/**
 * Where somebody reads: on a point of a curve, -1 for the one nearest to the place; or at a place.
 * @typedef {{axes: number, curve: number, point: number, place: number[], spoken: boolean}} Cursor
 */

/** @type {Record<string, number[]>} ways along a curve, or across and up */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @param {Model} model @param {HTMLElement} stage @param {ReturnType<typeof makeLabel>} label */
function makeReader(model, stage, label) {
  const heard = message("cu-heard", "status");
  /** @type {Cursor | null} */
  let cursor = null;
  const readable = () => {
    const axes = model.get("_axes");
    return [...axes.keys()].filter((number) => axes[number].x || axes[number].y);
  };
  /** @param {number} number @returns {Curve[]} */
  const curvesIn = (number) => model.get("_curves").filter(({ axes }) => axes === number);
  const curveOf = (/** @type {Cursor} */ { axes, curve }) => curvesIn(axes)[curve] ?? null;
  const pointOf = (/** @type {Cursor} */ at, /** @type {Curve} */ { points }) => {
    if (at.point < 0) at.point = nearest(points.map(([x]) => x), at.place[0]);
    return Math.min(at.point, points.length - 1);
  };
  /** @returns {Cursor} */
  const begin = () => {
    const axes = readable().find((number) => curvesIn(number).length > 0) ?? readable()[0];
    return { axes, curve: 0, point: -1, place: [0.5, 0.5], spoken: false };
  };
  const show = () => {
    if (!cursor) return "";
    const curve = curveOf(cursor);
    if (curve) cursor.place = curve.points[pointOf(cursor, curve)];
    return label.show(cursor.axes, cursor.place, { name: curve?.name, dotted: true });
  };
  const say = () => {
    if (cursor) cursor.spoken = curveOf(cursor) !== null;
    heard.textContent = show();
  };
  const onCurve = (/** @type {Cursor} */ at, /** @type {Curve} */ curve, /** @type {number[]} */ way) => {
    const { points } = curve;
    const rightwards = points[0][0] <= points[points.length - 1][0] ? 1 : -1;
    if (way[0]) at.point = nextPoint(points, pointOf(at, curve), way[0] * rightwards);
    else other(at, at.curve - way[1]);
  };
  const other = (/** @type {Cursor} */ at, /** @type {number} */ curve) => {
    const { length } = curvesIn(at.axes);
    at.curve = length && (curve + length) % length;
    at.point = -1;
  };
  const step = (/** @type {Cursor} */ at, /** @type {number[]} */ way) => {
    const curve = curveOf(at);
    if (curve) onCurve(at, curve, way);
    else at.place = at.place.map((share, axis) => within(share + STEP * way[axis]));
  };
  const turn = (/** @type {Cursor} */ at, /** @type {number} */ way) => {
    const all = readable();
    at.axes = all[(all.indexOf(at.axes) + way + all.length) % all.length];
    at.place = [0.5, 0.5];
    other(at, 0);
  };
  const follow = (/** @type {Cursor} */ at, /** @type {string} */ key) => {
    if (key in WAYS) step(at, WAYS[key]);
    else if (key.startsWith("Page")) turn(at, key === "PageDown" ? 1 : -1);
    else Object.assign(at, { place: [key === "Home" ? 0 : 1, at.place[1]], point: -1 });
  };
  const leave = () => {
    cursor = null;
    heard.textContent = "";
    label.leave("reader");
  };
  stage.addEventListener("keydown", (event) => {
    if (event.target !== stage || !isOwnKey(stage, event) || event.key === "Tab") return;
    event.preventDefault();
    if (event.key === "Escape") return stage.blur();
    if (cursor) follow(cursor, event.key);
    cursor ??= begin();
    say();
  });
  stage.addEventListener("focus", () => label.enter("reader"));
  stage.addEventListener("blur", leave);
  const refresh = () => {
    if (cursor?.spoken === false) say();
    else show();
  };
  const offer = () => {
    const some = readable().length > 0;
    stage.tabIndex = some ? 0 : -1;
    stage.setAttribute("role", some ? "application" : "group");
    stage.setAttribute("aria-label", some ? "Picture: arrow keys read its values" : "Picture");
  };
  return { heard, reads: () => cursor !== null, refresh, offer };
}
