// The page's Python: one Pyodide, which runs cells and answers widgets, one message after the other.

const HERE = new URL(".", import.meta.url);
const PYODIDE = new URL("../pyodide/", HERE).href;

const GLUE = `
import sys
sys.path.insert(0, "/in_worker")
import anywidget, js
from pyodide.ffi import to_js

def post(text, buffers):
    js.post(text, to_js(list(buffers)), to_js(list(buffers.values())))

anywidget.post = post
import json, notebook
import course_utils.widgets  # and matplotlib: the first picture then comes at once
`;

const tell = (message) => self.postMessage(message);

// What Python says: JSON, with the names of the bytes that travel beside it.
/** @type {any} */ (self).post = (text, names, bytes) => {
  const buffers = Object.fromEntries(names.map((name, i) => [name, bytes[i]]));
  self.postMessage({ ...JSON.parse(text), buffers }, bytes.map((each) => each.buffer));
};

async function start() {
  const archive = fetch(new URL("in_worker.zip", HERE)).then((answer) => answer.arrayBuffer());
  const { loadPyodide } = await import(`${PYODIDE}pyodide.mjs`);
  tell({ note: "Python is loading in this page" });
  const python = await loadPyodide({ indexURL: PYODIDE, packages: ["improving-deep-networks"] });
  tell({ note: "Python is starting in this page" });
  python.unpackArchive(await archive, "zip", { extractDir: "/in_worker" });
  python.runPython(GLUE);
  return python;
}

const started = start();

// Each call takes its arguments as one text of JSON.
const call = (python, name, ...given) => {
  python.globals.set("_given", JSON.stringify(given));
  return python.runPython(`notebook.${name}(*json.loads(_given))`);
};

function obey(python, message) {
  if (message.open) call(python, "open_notebook", ...message.open);
  if (message.data) call(python, "hear", message.widget, message.data);
  if (message.set) call(python, "set_values", message.cell, message.set);
  if (message.run === undefined) return;
  const through = call(python, "run", message.run, message.source ?? null);
  tell({ done: message.ticket, through });
}

let queue = started.then(
  () => tell({ ready: true }),
  (error) => tell({ failed: String(error) }),
);

self.onmessage = ({ data }) => {
  queue = queue
    .then(async () => obey(await started, data))
    .catch((error) => tell({ failed: String(error) }));
};
