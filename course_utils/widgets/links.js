// Links in the text that move an explorer: [β = 0.98](#explorer=averages&beta=0.98).

/**
 * An explorer on the page: what its notebook calls it, and what goes where a link says.
 * @typedef {{el: HTMLElement, names(): string[], follow(fragment: string): void}} Place
 */

// A notebook that JupyterLab took off the page for now may be any; one that is there comes first.
/** @param {Set<Place>} places @param {Element} link @param {string} name */
function placeOf(places, link, name) {
  const notebook = link.closest(".jp-Notebook");
  const called = [...places].filter((place) => place.names().includes(name));
  return (
    called.find(({ el }) => el.isConnected && el.closest(".jp-Notebook") === notebook) ??
    called.find(({ el }) => !el.isConnected)
  );
}

/** @param {Element} link @param {string} words */
function sayBeside(link, words) {
  let said = link.nextElementSibling;
  if (!said?.classList.contains("cu-said")) {
    said = element("span", { className: "cu-said" });
    said?.setAttribute("role", "status");
    link.after(said ?? "");
  }
  if (said) said.textContent = words;
}

/** @param {Set<Place>} places @param {MouseEvent} event */
function followLink(places, event) {
  const link = event.target instanceof Element && event.target.closest('a[href^="#explorer="]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const fragment = link.getAttribute("href") ?? "";
  const name = new URLSearchParams(fragment.slice(1)).get("explorer") ?? "";
  const place = placeOf(places, link, name);
  sayBeside(link, place ? "" : ` (“${name}” is not there yet: run its cell first)`);
  place?.follow(fragment);
}

// Every widget brings these lines along; the first on the page listens for all.
/** @param {Place} place */
function takeLinks(place) {
  const shared = /** @type {{courseUtilsPlaces?: Set<Place>}} */ (/** @type {unknown} */ (window));
  if (!shared.courseUtilsPlaces) {
    /** @type {Set<Place>} */
    const all = new Set();
    shared.courseUtilsPlaces = all;
    document.addEventListener("click", (event) => followLink(all, event), true);
  }
  const places = shared.courseUtilsPlaces;
  places.add(place);
  return () => places.delete(place);
}
