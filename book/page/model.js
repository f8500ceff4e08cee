// What a widget's front end knows of its Python half, as anywidget hands it over. Before Python is
// there, the state is the one that was stored with the page, and what the reader does waits.

const WAITS = ["new_view", "sharpness", "pointing"]; // no reason to start Python

export class Model {
  /** @type {Map<string, Set<() => void>>} */
  #heard = new Map();
  #outbox = [];
  #dirty = {};
  /** @type {string | null} */
  id = null;
  gone = false;
  toldAll = false; // whether Python sent its whole state

  /**
   * @param {Record<string, any>} state
   * @param {{post: (message: object) => void, wake: () => void}} line
   */
  constructor(state, line) {
    /** @type {Record<string, any>} */
    this.state = { _picture: NOTHING, _patch: NOTHING, ...state };
    this.line = line;
  }

  get(name) {
    return this.state[name];
  }

  set(name, value) {
    this.state[name] = value;
    this.#dirty[name] = value;
    this.#emit(name);
  }

  save_changes() {
    const state = this.#dirty;
    this.#dirty = {};
    if (Object.keys(state).length > 0) this.#post({ method: "update", state });
  }

  on(event, listener) {
    if (!this.#heard.has(event)) this.#heard.set(event, new Set());
    this.#heard.get(event)?.add(listener);
  }

  off(event, listener) {
    if (listener) this.#heard.get(event)?.delete(listener);
    else this.#heard.delete(event);
  }

  send(content) {
    if (this.gone) throw new Error("the widget is closed");
    this.answer?.(content);
    this.#post({ method: "custom", content });
    const can_wait = Object.keys(content).every((key) => WAITS.includes(key));
    if (!this.id && !can_wait) this.line.wake();
  }

  /** What the page can answer by itself; set by those that know how. @type {((content: any) => void) | null} */
  answer = null;

  #post(data) {
    if (this.id) this.line.post({ widget: this.id, data: JSON.stringify(data) });
    else this.#outbox.push(data);
  }

  /** Take what Python sent; the first time it is the whole state, and what waited goes out. */
  receive(data, buffers) {
    if (data.method === "custom") return this.#emit("msg:custom", data.content);
    if (data.method === "close") this.gone = true;
    if (data.method !== "update") return;
    const views = Object.entries(buffers).map(([name, bytes]) => [name, new DataView(bytes.buffer)]);
    this.change({ ...data.state, ...Object.fromEntries(views) });
    this.toldAll = true;
    for (const waited of this.#outbox.splice(0)) this.#post(waited);
  }

  change(state) {
    const changed = Object.keys(state).filter((name) => !same(this.state[name], state[name]));
    Object.assign(this.state, state);
    for (const name of changed) this.#emit(name);
  }

  #emit(name, ...given) {
    const event = name.startsWith("msg:") ? name : `change:${name}`;
    for (const listener of [...(this.#heard.get(event) ?? [])]) /** @type {any} */ (listener)(...given);
  }
}

const NOTHING = new DataView(new ArrayBuffer(0));

const same = (a, b) => {
  if (a instanceof DataView || b instanceof DataView) return a === b;
  return a === b || JSON.stringify(a) === JSON.stringify(b);
};
