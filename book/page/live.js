// Makes a page of still pictures live. The page is complete without; what fails here leaves it so.

import { readAddress, readHidden, refusal } from "./address.js";
import { Cell } from "./cell.js";
import { Kernel } from "./kernel.js";
import * as progress from "./progress.js";
import { makeStatus } from "./status.js";

const BUSY = 700; // milliseconds after which a run is spoken of

/** @param {any} data */
function makeLive(data) {
  const owners = new Map(); // which cell has a widget
  let files = {};
  const kernel = new Kernel(() => [data.notebook, data.sources, progress.read(), files], hear);
  const lift = (question) => {
    for (const { model } of cells.values()) {
      if (model && model.get("_veil") === question) model.change({ _veil: "" });
    }
  };
  const book = { data, kernel, onAnswer: lift };
  const found = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-cell]"));
  const cells = new Map([...found].map((el) => [Number(el.dataset.cell), new Cell(el, book)]));
  const status = makeStatus({ stop: () => kernel.stop(), restart: () => kernel.start() });
  const isMap = (cell) => data.files && /^(course = )?CourseMap\(/m.test(cell.source);
  let timer = 0;
  let saysBusy = false;

  function hear(message) {
    if (message.note) status.say(`${message.note} …`, { stops: true });
    if (message.ready) whenReady();
    if (message.failed) {
      status.say(`Python does not run in this page: ${message.failed}. All else is here.`, { starts: true });
    }
    if (message.stopped) whenStopped();
    if (message.begins !== undefined) begins(message);
    if (message.ended !== undefined) ended(message);
    if (message.done !== undefined && kernel.busy === 0) whenIdle();
    if (message.shown !== undefined) {
      owners.set(message.widget, message.shown);
      cells.get(message.shown)?.take(message.kind, message.widget);
    } else if (message.data) {
      cells.get(owners.get(message.widget))?.receive(message.data, message.buffers);
    }
    if (message.text) cells.get(message.cell)?.print(message.text, message.stream);
    if (message.html) cells.get(message.cell)?.showHtml(message.html);
    if (message.progress) progress.add(message.progress);
  }

  let askedFor = 0;
  function begins(message) {
    askedFor = message.asked_for;
    cells.get(message.begins)?.begins(askedFor);
    clearTimeout(timer);
    timer = setTimeout(() => {
      saysBusy = true;
      status.say("Python is at work …", { stops: true });
    }, BUSY);
  }

  function ended({ ended, error }) {
    cells.get(ended)?.ended();
    if (!error) return;
    const before = ended === askedFor ? "" : "A cell above, which this one needs, did not go through.\n";
    cells.get(askedFor)?.showError(before + error);
  }

  function whenReady() {
    status.say("Python is ready: move a picture.", { passes: true });
    wakeWhatIsSeen();
  }

  function whenIdle() {
    clearTimeout(timer);
    if (kernel.state !== "ready") return;
    if (saysBusy) status.say("");
    saysBusy = false;
    wakeWhatIsSeen();
  }

  function whenStopped() {
    owners.clear();
    for (const cell of cells.values()) cell.forget();
    status.say("Python was stopped. What you typed is still here.", { starts: true });
  }

  // What is near is mounted; once Python is there, it is woken, one after the other.
  const near = new Set();
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const cell = cells.get(Number(/** @type {HTMLElement} */ (target).dataset.cell));
        if (!cell) continue;
        if (isIntersecting) near.add(cell);
        else near.delete(cell);
        if (isIntersecting && (data.python || cell.stored?.replies?.answers)) cell.mountStored();
      }
      wakeWhatIsSeen();
    },
    { rootMargin: "60% 0px" },
  );
  for (const cell of cells.values()) {
    if (!cell.still && (cell.stored || isMap(cell))) watcher.observe(cell.el);
  }

  function wakeWhatIsSeen() {
    if (kernel.state !== "ready" || kernel.busy > 0) return;
    [...near].find((cell) => !cell.waking)?.wake();
  }

  async function goToAddress() {
    const asked = readAddress();
    if (!asked) return;
    const cell = [...cells.values()].find((each) => each.name === asked.name);
    if (!cell) {
      status.say(`The address asks for the picture “${asked.name}”, which this page does not have.`, { passes: true });
      return;
    }
    cell.el.scrollIntoView({ block: "start" });
    if (!data.python || cell.still || Object.keys(asked.values).length === 0) return;
    await cell.mountStored();
    if (await cell.wake()) kernel.post({ cell: cell.number, set: asked.values });
  }

  function hide() {
    const { hidden, unknown } = readHidden();
    for (const part of hidden) document.documentElement.classList.add(`hides-${part}`);
    if (unknown.length === 0) return;
    const words = document.createElement("p");
    words.className = "address-error";
    words.setAttribute("role", "alert");
    words.textContent = refusal(unknown);
    document.querySelector("article")?.prepend(words);
  }

  hide();
  addEventListener("hashchange", goToAddress);
  if (readAddress()) goToAddress();
  return { kernel, cells, start: () => kernel.start(), loadFiles: async () => (files = await loadFiles(data)) };
}

// The map of the course counts what stands in the notebooks.
async function loadFiles(data) {
  if (!data.files) return {};
  const links = [...document.querySelectorAll("nav a[href$='.html']")];
  const names = new Set(links.map((link) => link.getAttribute("href")?.match(/(\d\d_\w+)\.html$/)?.[1]));
  names.delete(undefined);
  names.add(data.notebook);
  const load = async (name) => {
    const answer = await fetch(new URL(`notebooks/${name}.ipynb`, import.meta.url));
    return [`${name}.ipynb`, answer.ok ? await answer.text() : '{"cells": []}'];
  };
  return Object.fromEntries(await Promise.all([...names].map(load)));
}

// A formula that is wider than the page is scrolled; by keys it can be only if it can have the focus.
function letWideFormulasHaveTheFocus() {
  for (const formula of document.querySelectorAll("article math[display=block]")) {
    if (formula.scrollWidth > formula.clientWidth) formula.setAttribute("tabindex", "0");
    else formula.removeAttribute("tabindex");
  }
}

async function begin() {
  letWideFormulasHaveTheFocus();
  addEventListener("resize", letWideFormulasHaveTheFocus);
  const stored = document.getElementById("notebook");
  if (!stored) return;
  const data = JSON.parse(stored.textContent ?? "");
  const live = makeLive(data);
  Object.assign(window, { live });
  if (!data.python) return;
  await live.loadFiles();
  const saves = /** @type {any} */ (navigator).connection?.saveData;
  const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 1500));
  if (!saves) idle(live.start, { timeout: 4000 });
  addEventListener("pointerdown", (event) => {
    if (/** @type {Element} */ (event.target).closest?.("[data-cell]")) live.start();
  });
}

begin();
