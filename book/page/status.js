// One line at the edge of the page that says what Python does, with the buttons to stop it.

const el = (tag, properties, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};

/** @param {{stop: () => void, restart: () => void}} can */
export function makeStatus({ stop, restart }) {
  const words = el("span", {});
  words.setAttribute("role", "status");
  const stopper = el("button", { type: "button", textContent: "Stop", onclick: stop });
  const starter = el("button", { type: "button", textContent: "Restart", onclick: restart });
  const box = el("div", { id: "python-status", hidden: true }, words, stopper, starter);
  document.body.append(box);
  let timer = 0;
  const say = (text, { stops = false, starts = false, passes = false } = {}) => {
    clearTimeout(timer);
    words.textContent = text;
    stopper.hidden = !stops;
    starter.hidden = !starts;
    box.hidden = !text;
    if (passes) timer = setTimeout(() => (box.hidden = true), 4000);
  };
  return { say };
}
