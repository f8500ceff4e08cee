// The worker of this page: started when first needed, stopped for good or to be started anew.

/** @typedef {Record<string, any>} Message */

export class Kernel {
  /** @type {Worker | null} */
  #worker = null;
  #tickets = new Map();
  #count = 0;

  /** @param {() => any[]} opening @param {(message: Message) => void} hear */
  constructor(opening, hear) {
    this.opening = opening; // what Python begins with
    this.hear = hear;
    this.state = "off"; // off, starting, ready or failed
    this.busy = 0; // runs that have not come back
  }

  start() {
    if (this.#worker) return;
    this.state = "starting";
    this.#worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }) => this.#take(data);
    this.#worker.onerror = (event) => this.#fail(event.message || "the worker could not be loaded");
    this.#worker.postMessage({ open: this.opening() });
    this.hear({ note: "Python is loading in this page" });
  }

  /** @param {Message} message */
  #take(message) {
    if (message.failed) return this.#fail(message.failed);
    if (message.ready) this.state = "ready";
    if (message.done !== undefined) this.#close(message.done, message.through);
    this.hear(message);
  }

  #close(ticket, through) {
    this.busy -= 1;
    this.#tickets.get(ticket)?.(through);
    this.#tickets.delete(ticket);
  }

  #fail(why) {
    this.stop();
    this.state = "failed";
    this.hear({ failed: why });
  }

  stop() {
    this.#worker?.terminate();
    this.#worker = null;
    this.state = "off";
    for (const ticket of [...this.#tickets.keys()]) this.#close(ticket, false);
    this.hear({ stopped: true });
  }

  /** @param {Message} message */
  post(message) {
    this.start();
    this.#worker?.postMessage(message);
  }

  /** Run a cell after what it needs; the promise says whether it went through. */
  run(cell, source) {
    this.#count += 1;
    this.busy += 1;
    const ticket = this.#count;
    const done = new Promise((resolve) => this.#tickets.set(ticket, resolve));
    this.post({ run: cell, source, ticket });
    return done;
  }
}
