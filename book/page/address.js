// The state of an explorer in the address, `#explorer=race&alpha=0.1`, as `widgets/links.py` writes it.

/** @returns {{name: string, values: Record<string, string>} | null} */
export function readAddress(hash = location.hash) {
  const pairs = new URLSearchParams(hash.replace(/^#/, ""));
  const name = pairs.get("explorer");
  if (!name) return null;
  pairs.delete("explorer");
  return { name, values: Object.fromEntries(pairs) };
}

// What who teaches may leave out, `?hide=controls,readout`: then a class asks what the reader cannot see.
const CAN_BE_HIDDEN = ["controls", "readout", "formula", "moments", "challenge", "code", "solution"];

/** @returns {{hidden: string[], unknown: string[]}} */
export function readHidden(search = location.search) {
  const asked = new URLSearchParams(search).get("hide")?.split(",") ?? [];
  const hidden = asked.filter((part) => CAN_BE_HIDDEN.includes(part));
  return { hidden, unknown: asked.filter((part) => !hidden.includes(part)) };
}

/** @param {string[]} unknown */
export const refusal = (unknown) =>
  `The address asks to hide “${unknown.join(", ")}”; what can be hidden is ${CAN_BE_HIDDEN.join(", ")}.`;

/** @param {string} fragment */
export const addressOf = (fragment) => `${location.origin}${location.pathname}${fragment}`;
