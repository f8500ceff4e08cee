// node squeeze.mjs FOLDER: run squeeze.py in the Pyodide of a folder, on that folder's wheels.

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: `${folder}/` });
python.FS.mkdirTree("/wheels");
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/wheels");
python.runPython(await readFile(new URL("squeeze.py", import.meta.url), "utf8"));
python.runPython("squeeze('/wheels')");
process.exit(0);
