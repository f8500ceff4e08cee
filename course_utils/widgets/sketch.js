// A curve to draw with the hand; then the true one lies over it, and words say where they part.

const NAMESPACE = "http://www.w3.org/2000/svg";
const WIDTH = 420;
const HEIGHT = 220;

/** @returns {any} */
const shape = (tag, attributes = {}, text = "") => {
  const node = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.textContent = text;
  return node;
};

/** @param {(number | null)[]} shares */
const path = (shares) => {
  const step = WIDTH / (shares.length - 1);
  let pen = "M";
  return shares
    .map((share, i) => {
      if (share === null) {
        pen = "M";
        return "";
      }
      const point = `${pen}${(i * step).toFixed(1)} ${(HEIGHT * (1 - share)).toFixed(1)}`;
      pen = "L";
      return point;
    })
    .join("");
};

/** @param {Model} model */
function makeBoard(model, onDraw) {
  const count = model.get("_places");
  /** @type {(number | null)[]} */
  let drawn = Array(count).fill(null);
  const [left, right, low, high] = model.get("_ends");
  const [across, up] = model.get("_labels");
  const board = shape("svg", { viewBox: `-60 -14 ${WIDTH + 80} ${HEIGHT + 54}`, class: "cu-board", role: "img" });
  board.setAttribute("aria-label", `a board to draw ${up} against ${across}`);
  const paper = shape("rect", { width: WIDTH, height: HEIGHT, class: "cu-paper" });
  const yours = shape("path", { class: "cu-yours" });
  const truth = shape("path", { class: "cu-true" });
  const text = (x, y, words, anchor) => shape("text", { x, y, "text-anchor": anchor }, words);
  board.append(
    paper,
    text(0, HEIGHT + 18, left, "middle"),
    text(WIDTH, HEIGHT + 18, right, "middle"),
    text(WIDTH / 2, HEIGHT + 34, across, "middle"),
    text(-6, HEIGHT + 4, low, "end"),
    text(-6, 6, high, "end"),
    text(-6, HEIGHT / 2, up, "end"),
    truth,
    yours,
  );
  let last = -1;
  const place = (event) => {
    const box = paper.getBoundingClientRect();
    const i = Math.round(((event.clientX - box.left) / box.width) * (count - 1));
    const share = 1 - (event.clientY - box.top) / box.height;
    return [Math.min(count - 1, Math.max(0, i)), Math.min(1, Math.max(0, share))];
  };
  const draw = (event) => {
    const [i, share] = place(event);
    const from = last < 0 ? i : last;
    const before = drawn[from] ?? share;
    const steps = Math.max(1, Math.abs(i - from));
    for (let k = 0; k <= steps; k++) {
      const at = from + Math.sign(i - from) * k;
      drawn[at] = before + ((share - before) * k) / steps;
    }
    drawn[i] = share;
    last = i;
    yours.setAttribute("d", path(drawn));
    onDraw();
  };
  const hand = makeHand(paper, draw);
  paper.addEventListener("pointerdown", (event) => {
    if (!hand.takes(event)) return;
    last = -1;
    event.preventDefault();
    draw(event);
  });
  const show = () => {
    if (model.get("_shares").length) {
      drawn = model.get("_shares");
      yours.setAttribute("d", path(drawn));
    }
    truth.setAttribute("d", path(model.get("_true_shares")));
  };
  const clear = () => {
    drawn = Array(count).fill(null);
    yours.setAttribute("d", "");
  };
  const isWhole = () => drawn.every((share) => share !== null);
  return { board, show, clear, isWhole, shares: () => drawn };
}

/** @param {{model: Model, el: HTMLElement}} view */
function render(view) {
  const { model } = view;
  const answer = element("button", { type: "button", textContent: "Answer" });
  const wipe = element("button", { type: "button", textContent: "Wipe" });
  const tell = element("button", { type: "button", textContent: "or just show me" });
  const reply = message("cu-reply", "status");
  const wire = makeWire(model);
  const board = makeBoard(model, () => (reply.textContent = ""));
  answer.addEventListener("click", () => {
    if (board.isWhole()) wire.send({ answer: board.shares() });
    else reply.textContent = "Draw from the left end to the right one first.";
  });
  wipe.addEventListener("click", board.clear);
  tell.addEventListener("click", () => wire.send({ tell: true }));
  const showReply = () => {
    board.show();
    writeReply(model, reply, ["✓ Close.", "→"]);
  };
  const buttons = element("div", { className: "cu-buttons" }, answer, wipe, tell);
  return mountQuestion(view, wire, [board.board, buttons, reply], showReply);
}

export default { render };
