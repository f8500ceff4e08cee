// A question as a group of radio buttons; the kernel knows the answer and replies in words.

const element = (tag, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};

function render({ model, el }) {
  const name = `prediction-${crypto.randomUUID?.() ?? Math.random()}`;
  const legend = element("legend", { textContent: `Predict: ${model.get("_question")}` });
  const box = element("fieldset", {}, legend);
  for (const choice of model.get("_choices")) {
    const radio = element("input", { type: "radio", name, value: choice });
    radio.checked = model.get("chosen") === choice;
    box.append(element("label", {}, radio, ` ${choice}`));
  }
  const button = element("button", { type: "button", textContent: "Answer" });
  const reply = element("div", { className: "cu-reply" });
  reply.setAttribute("role", "status");
  button.addEventListener("click", () => {
    const picked = box.querySelector("input:checked");
    if (!picked) {
      reply.textContent = "Pick one first: a wrong guess teaches more than none.";
      return;
    }
    model.set("chosen", picked.value);
    model.save_changes();
  });
  const answer = () => {
    const correct = model.get("correct");
    if (correct === null) return;
    reply.textContent = `${correct ? "✓ Yes." : "→ Not quite."} ${model.get("_reply")}`;
    reply.classList.toggle("cu-passed", correct);
  };
  model.on("change:_reply", answer);
  answer();
  box.append(button, reply);
  el.classList.add("cu-prediction");
  // Keys pressed on a control are the control's: without this JupyterLab takes the arrows.
  for (const node of box.querySelectorAll("input, button")) node.dataset.lmSuppressShortcuts = "";
  el.append(box);
  return () => model.off("change:_reply", answer);
}

export default { render };
