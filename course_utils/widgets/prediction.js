// A question as a group of radio buttons; the kernel knows the answer and replies in words.

/** @param {{model: Model, el: HTMLElement}} view */
function render(view) {
  const { model } = view;
  const name = `prediction-${newId()}`;
  const choices = model.get("_choices").map((choice) => {
    const radio = element("input", { type: "radio", name, value: choice });
    return element("label", {}, radio, ` ${choice}`);
  });
  const radios = choices.map((label) => label.querySelector("input"));
  const button = element("button", { type: "button", textContent: "Answer" });
  const reply = message("cu-reply", "status");
  const answer = element("details", { className: "cu-answer", hidden: true });
  const wire = makeWire(model);
  button.addEventListener("click", () => {
    const picked = radios.find((radio) => radio.checked);
    if (picked) wire.send({ choose: picked.value });
    else reply.textContent = "Pick one first: a wrong guess teaches more than none.";
  });
  const showReply = () => {
    for (const radio of radios) radio.checked = radio.value === model.get("chosen");
    writeReply(model, reply, ["✓ Yes.", "→ Not quite."]);
    const [right, reason] = model.get("_answer");
    const words = element("p", {}, element("strong", { textContent: right }), ` ${reason}`);
    answer.replaceChildren(element("summary", { textContent: "Tell me the answer" }), words);
    answer.hidden = model.get("correct");
  };
  return mountQuestion(view, wire, [...choices, button, reply, answer], showReply);
}

export default { render };
