// What a reader answered, in their own browser and nowhere else: the lines of `my_progress.jsonl`.

export const FILE = "my_progress.jsonl";

export function read() {
  try {
    return localStorage.getItem(FILE) ?? "";
  } catch {
    return ""; // a browser may refuse to keep anything
  }
}

export function add(lines) {
  try {
    localStorage.setItem(FILE, read() + lines);
  } catch {
    // nothing is kept then
  }
}

// A link to the file gives what is kept here.
document.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest?.(`a[href="${FILE}"]`);
  if (!link) return;
  const url = URL.createObjectURL(new Blob([read()], { type: "application/jsonl" }));
  const save = Object.assign(document.createElement("a"), { href: url, download: FILE });
  save.click();
  URL.revokeObjectURL(url);
  event.preventDefault();
});
