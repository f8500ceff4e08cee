// One code cell of the page: its code, which can be edited and run, and what it shows.

import { addressOf } from "./address.js";
import { makeEditor } from "./editor.js";
import { Model } from "./model.js";
import { answerHere } from "./questions.js";

const make = (tag, properties = {}) => Object.assign(document.createElement(tag), properties);

/**
 * What the cells of a page share.
 * @typedef {{
 *   data: any,
 *   kernel: import("./kernel.js").Kernel,
 *   onAnswer: (question: string) => void,
 * }} Book
 */

export class Cell {
  /** @type {Model | null} */
  model = null;
  /** @type {(() => void) | null} */
  leave = null;
  /** @type {Promise<boolean> | null} */
  waking = null;
  /** @type {import("./editor.js").Editor | null} */
  editor = null;
  #asked = 0; // how often the reader ran it and waits: what it showed before then goes

  /** @param {HTMLElement} el @param {Book} book */
  constructor(el, book) {
    this.el = el;
    this.book = book;
    this.number = Number(el.dataset.cell);
    this.name = el.dataset.name ?? "";
    this.source = book.data.sources[this.number];
    this.stored = book.data.widgets[this.number];
    this.out = /** @type {HTMLElement} */ (el.querySelector(".cell-output"));
    this.written = this.out.innerHTML;
    this.still = el.classList.contains("still"); // what a browser cannot run
    if (book.data.python && !this.still) this.#offerCode();
  }

  // The widget as it was stored with the page, at work as far as it can be without Python.

  async mountStored() {
    if (this.model || !this.stored) return;
    const { kind, state, replies } = this.stored;
    const model = this.#newModel({ correct: null, _answered: "", ...structuredClone(state) });
    if (replies?.answers) answerHere(model, replies, this.book.onAnswer);
    else if (kind === "Explorer") model.answer = ({ lift_veil }) => lift_veil && model.change({ _veil: "" });
    await this.#mount(kind);
  }

  #newModel(state) {
    const post = (message) => this.book.kernel.post(message);
    this.model = new Model(state, { post, wake: () => this.wake() });
    return this.model;
  }

  async #mount(kind) {
    const { model } = this;
    const { default: widget } = await import(new URL(`../widgets/${kind}.js`, import.meta.url).href);
    if (!model || model !== this.model) return;
    const el = make("div");
    const poster = this.out.querySelector(".cu-stage img");
    const focused = this.out.contains(document.activeElement);
    this.leave?.();
    this.leave = widget.render({ model, el });
    if (kind === "Explorer") this.#finishExplorer(model, el, poster);
    this.out.replaceChildren(el);
    if (focused) /** @type {any} */ (el.querySelector("button, input"))?.focus();
    this.el.dataset.state ||= "mounted";
  }

  #finishExplorer(model, el, poster) {
    const stage = el.querySelector(".cu-stage");
    const canvas = el.querySelector("canvas");
    if (poster && model.get("_picture").byteLength === 0) {
      stage.style.width = `${poster.getAttribute("width")}px`;
      stage.prepend(poster);
      canvas.hidden = true;
      const show = () => {
        canvas.hidden = false;
        poster.remove();
        model.off("change:_picture", show);
      };
      model.on("change:_picture", () => requestAnimationFrame(show));
    }
    const copy = make("button", { type: "button", textContent: "Copy link", className: "copy-link" });
    copy.addEventListener("click", () => this.#copyLink(model, copy));
    el.querySelector(".cu-buttons")?.append(copy);
  }

  #copyLink(model, button) {
    const ticket = `link ${performance.now()}`;
    const onAnswer = async () => {
      if (model.get("_answered") !== ticket) return;
      model.off("change:_answered", onAnswer);
      const fragment = model.get("_link").fragment.replace(/^#explorer=\w+/, `#explorer=${this.name}`);
      history.replaceState(null, "", fragment);
      const copied = await navigator.clipboard?.writeText(addressOf(fragment)).then(
        () => true,
        () => false,
      );
      button.textContent = copied ? "Copied" : "It stands in the address bar";
      setTimeout(() => (button.textContent = "Copy link"), 3000);
    };
    model.on("change:_answered", onAnswer);
    model.send({ link: true, ticket });
  }

  // Python.

  /** Bring the widget to life, once; a cell without one is run. */
  wake() {
    this.el.dataset.state = this.model?.id ? "live" : "waking";
    this.waking ??= this.book.kernel.run(this.number, this.editor?.read());
    return this.waking;
  }

  async runNow() {
    this.#asked += 1;
    this.el.classList.add("running");
    this.waking = this.book.kernel.run(this.number, this.editor?.read());
    const through = await this.waking;
    this.#asked -= 1;
    this.el.classList.toggle("running", this.#asked > 0);
    return through;
  }

  /** The cell begins: if the reader runs it, what it showed goes. */
  begins(askedFor) {
    this.quiet = askedFor !== this.number || this.#asked === 0;
    if (this.quiet) return;
    this.out.style.minHeight = `${this.out.offsetHeight}px`; // nothing below jumps
    this.leave?.();
    this.leave = this.model = null;
    this.out.replaceChildren();
  }

  ended() {
    this.out.style.minHeight = "";
    if (this.el.dataset.state === "waking") this.el.dataset.state = "live";
  }

  print(text, stream) {
    if (this.quiet) return; // it ran for another cell, and shows already what it prints
    const last = this.out.lastElementChild;
    const box = last?.matches(`pre.${stream}`) ? last : make("pre", { className: stream });
    if (box !== last) this.out.append(box);
    box.textContent = overwritten((box.textContent ?? "") + text);
  }

  showHtml(html) {
    if (this.quiet && !html.includes("<svg")) return;
    if (this.quiet) this.out.replaceChildren();
    const box = make("div", { innerHTML: html.replaceAll(/href="(\d\d_\w+)\.ipynb/g, 'href="$1.html') });
    this.out.append(box);
  }

  showError(text) {
    this.el.dataset.state = "failed";
    const box = make("pre", { className: "error", textContent: text });
    box.setAttribute("role", "alert");
    this.out.append(box);
  }

  /** Python made this cell's widget: the stored one goes on with it, or a new one is put here. */
  async take(kind, id) {
    this.el.dataset.state = "live";
    if (this.model && !this.model.id) {
      this.model.id = id;
      return;
    }
    this.#newModel({}).id = id;
    this.mountWhenToldAll = kind;
  }

  receive(data, buffers) {
    const { model } = this;
    if (data.state && model?.state._veil === "" && !model.toldAll) data.state._veil = "";
    model?.receive(data, buffers);
    if (this.mountWhenToldAll) this.#mount(this.mountWhenToldAll);
    this.mountWhenToldAll = null;
  }

  /** Python is gone: back to what was stored. */
  forget() {
    this.waking = null;
    this.el.classList.remove("running");
    if (!this.model?.id) return;
    this.leave?.();
    this.leave = this.model = null;
    this.el.dataset.state = "";
    this.out.innerHTML = this.written;
    this.mountStored();
  }

  // The code.

  #offerCode() {
    const [run, edit] = ["run", "edit"].map((what) => this.el.querySelector(`.cell-${what}`));
    if (!run || !edit) return;
    for (const button of [run, edit]) button.removeAttribute("disabled");
    run.addEventListener("click", () => this.runNow());
    edit.addEventListener("click", () => this.edit());
    this.el.querySelector(".highlight pre")?.addEventListener("dblclick", () => this.edit());
  }

  async edit() {
    if (this.editor) return this.restore();
    const label = this.el.classList.contains("exercise-cell") ? "your answer" : "code of this cell";
    this.editor = await makeEditor(this.book.data.codemirror, this.source, label, () => this.runNow());
    const shown = /** @type {HTMLElement} */ (this.el.querySelector(".cell-code .highlight"));
    shown.hidden = true;
    shown.after(this.editor.el);
    this.editor.focus();
    const edit = this.el.querySelector(".cell-edit");
    if (edit) edit.textContent = "As it was";
  }

  restore() {
    this.editor?.write(this.source);
    this.editor?.focus();
  }
}

// A line that begins anew, as a progress bar does, replaces what stood there.
const overwritten = (text) => text.replaceAll(/[^\n]*\r(?!\n)/g, "");
