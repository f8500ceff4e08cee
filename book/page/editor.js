// Where a reader writes code: CodeMirror if the book was built with it, else a box for text.

/** @typedef {{el: HTMLElement, read(): string, write(text: string): void, focus(): void}} Editor */

/** @param {boolean} rich @param {string} source @param {string} label @param {() => void} run @returns {Promise<Editor>} */
export async function makeEditor(rich, source, label, run) {
  const file = new URL("codemirror.js", import.meta.url).href;
  const codemirror = rich && (await import(file).catch(() => null));
  return codemirror ? codemirror.makeEditor(source, label, run) : makeBox(source, label, run);
}

/** @returns {Editor} */
function makeBox(source, label, run) {
  const box = document.createElement("textarea");
  Object.assign(box, { value: source, spellcheck: false, className: "code-box" });
  box.setAttribute("aria-label", label);
  const grow = () => (box.rows = box.value.split("\n").length + 1);
  box.addEventListener("input", grow);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    run();
  });
  grow();
  const write = (text) => {
    box.value = text;
    grow();
  };
  return { el: box, read: () => box.value, write, focus: () => box.focus() };
}
