// A question for a number: a slider, the reader's answer, and where the right one lies on it.

/** @param {{model: Model, el: HTMLElement}} view */
function render({ model, el }) {
  const id = `estimate-${newId()}`;
  const question = `Predict: ${model.get("_question")}`;
  const texts = model.get("_texts");
  const legend = element("legend", { textContent: question });
  const slider = element("input", { id, type: "range", min: 0, max: texts.length - 1, step: 1 });
  slider.setAttribute("aria-label", question);
  slider.value = model.get("_position");
  const text = element("output", { className: "cu-value", htmlFor: id });
  const mark = element("div", { className: "cu-mark", hidden: true, textContent: "▲" });
  mark.setAttribute("aria-hidden", "true"); // the reply says it in words
  const row = element("div", { className: "cu-estimate" }, element("div", {}, slider, mark), text);
  const button = element("button", { type: "button", textContent: "Answer" });
  const reply = message("cu-reply", "status");
  const wire = makeWire(model, () => {});
  const showValue = () => {
    text.textContent = texts[slider.value];
    slider.setAttribute("aria-valuetext", texts[slider.value]);
  };
  slider.addEventListener("input", showValue);
  button.addEventListener("click", () => wire.send({ answer: Number(slider.value) }));
  const showReply = () => {
    const correct = model.get("correct");
    if (correct === null) return;
    slider.value = model.get("_position");
    showValue();
    reply.textContent = `${correct ? "✓" : "→"} ${model.get("_reply")}`;
    reply.classList.toggle("cu-passed", correct);
    // The middle of a slider's knob, 16 pixels wide, never comes to the ends of its track.
    const share = model.get("_right_position") / (texts.length - 1);
    mark.style.left = `calc(${100 * share}% + ${8 - 16 * share}px)`;
    mark.hidden = false;
  };
  const leaveModel = listen(model, { "change:_reply": showReply, "change:_answered": showReply });
  showValue();
  showReply();
  const box = element("fieldset", {}, legend, row, button, reply, wire.error);
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
