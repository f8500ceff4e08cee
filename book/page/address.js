// The state of an explorer in the address, `#explorer=race&alpha=0.1`, as `widgets/links.py` writes it.

/** @returns {{name: string, values: Record<string, string>} | null} */
export function readAddress(hash = location.hash) {
  const pairs = new URLSearchParams(hash.replace(/^#/, ""));
  const name = pairs.get("explorer");
  if (!name) return null;
  pairs.delete("explorer");
  return { name, values: Object.fromEntries(pairs) };
}

/** @param {string} fragment */
export const addressOf = (fragment) => `${location.origin}${location.pathname}${fragment}`;
