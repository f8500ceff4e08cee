// node run_notebooks.mjs SITE NOTEBOOK...: run notebooks as a page of the site does, but in Node.js,
// and print one line of JSON for each: what each cell printed, showed and raised.

import { readdir, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [site, ...notebooks] = process.argv.slice(2);
const folder = resolve(site, "_static/pyodide");
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const python = await loadPyodide({
  indexURL: `${folder}/`,
  packages: ["improving-deep-networks"],
  stdout: () => {},
});
const live = (await readdir(resolve(site, "_static"))).find((name) => name.startsWith("live-"));
const archive = resolve(site, "_static", live, "in_worker.zip");
python.unpackArchive(new Uint8Array(await readFile(archive)), "zip", { extractDir: "/in_worker" });


const RUN = `
import json, os, sys, tempfile, time
os.chdir(tempfile.mkdtemp())
sys.path[:0] = ["/in_worker"] if "/in_worker" not in sys.path else []
for name in ("notebook", "anywidget", "IPython", "IPython.display"):
    sys.modules.pop(name, None)
for name in [n for n in sys.modules if n.startswith("course_utils.widgets")]:
    del sys.modules[name]
import anywidget, notebook

said = []
anywidget.post = lambda text, buffers: said.append(json.loads(text))
name, cells = json.loads(given)
sources = {i: "".join(c["source"]) for i, c in enumerate(cells) if c["cell_type"] == "code"}
notebook.open_notebook(name, {str(i): s for i, s in sources.items()}, "", {})
start = time.perf_counter()
for cell in sources:
    notebook._run_one(cell, cell)
json.dumps({"name": name, "seconds": time.perf_counter() - start, "said": said})
`;

for (const path of notebooks) {
  const { cells } = JSON.parse(await readFile(path, "utf8"));
  const name = path.replace(/^.*\//, "").replace(/\.ipynb$/, "");
  python.globals.set("given", JSON.stringify([name, cells]));
  console.log(python.runPython(RUN));
}
process.exit(0);
