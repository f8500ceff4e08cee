// node fetch.mjs FOLDER: fill a folder with Python for the browser and the official wheels that the
// course needs. npm brought Pyodide, by the hash in package-lock.json; Pyodide brings its wheels;
// and each wheel must have the hash that Pyodide's own lock, which came with it, says.

import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { loadPyodide } from "pyodide";

const PACKAGES = ["numpy", "matplotlib", "pillow", "traitlets", "tqdm", "micropip"];
const FILES = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"];

const out = resolve(process.argv[2]);
const source = dirname(createRequire(import.meta.url).resolve("pyodide/package.json"));
await mkdir(out, { recursive: true });
for (const name of FILES) await copyFile(join(source, name), join(out, name));

const python = await loadPyodide({ packageCacheDir: out });
const loaded = await python.loadPackage(PACKAGES);
const { packages } = JSON.parse(await readFile(join(out, "pyodide-lock.json"), "utf8"));
const known = new Map(Object.values(packages).map((each) => [each.file_name, each]));

for (const { name, fileName } of loaded) {
  const file = fileName ?? packages[name].file_name;
  const found = createHash("sha256")
    .update(await readFile(join(out, file)))
    .digest("hex");
  if (found !== known.get(file)?.sha256) throw new Error(`${file} is not what Pyodide's lock says: ${found}`);
}
if (loaded.length < PACKAGES.length) throw new Error(`only ${loaded.length} packages could be fetched`);
console.log(`${loaded.length} wheels in ${out}, each with the hash that is asked for`);
process.exit(0);
