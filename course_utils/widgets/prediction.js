// A question as a group of radio buttons; the kernel knows the answer and replies in words.

/** @param {{model: Model, el: HTMLElement}} view */
function render({ model, el }) {
  const name = `prediction-${newId()}`;
  const legend = element("legend", { textContent: `Predict: ${model.get("_question")}` });
  const box = element("fieldset", {}, legend);
  for (const choice of model.get("_choices")) {
    const radio = element("input", { type: "radio", name, value: choice });
    radio.checked = model.get("chosen") === choice;
    box.append(element("label", {}, radio, ` ${choice}`));
  }
  const button = element("button", { type: "button", textContent: "Answer" });
  const reply = message("cu-reply", "status");
  const answer = element("details", { className: "cu-answer", hidden: true });
  const wire = makeWire(model, () => {});
  button.addEventListener("click", () => {
    const picked = box.querySelector("input:checked");
    if (!picked) {
      reply.textContent = "Pick one first: a wrong guess teaches more than none.";
      return;
    }
    wire.send({ choose: picked.value });
  });
  const showReply = () => {
    const correct = model.get("correct");
    if (correct === null) return;
    for (const radio of box.querySelectorAll("input")) radio.checked = radio.value === model.get("chosen");
    reply.textContent = `${correct ? "✓ Yes." : "→ Not quite."} ${model.get("_reply")}`;
    reply.classList.toggle("cu-passed", correct);
    const [right, reason] = model.get("_answer");
    const words = element("p", {}, element("strong", { textContent: right }), ` ${reason}`);
    answer.replaceChildren(element("summary", { textContent: "Tell me the answer" }), words);
    answer.hidden = correct;
  };
  const leaveModel = listen(model, { "change:correct": showReply, "change:_answered": showReply });
  showReply();
  box.append(button, reply, answer, wire.error);
  el.classList.add("cu-prediction");
  el.append(box);
  const leaveKeys = keepOwnKeys(el);
  return () => {
    leaveKeys();
    wire.hangUp();
    leaveModel();
  };
}

export default { render };
