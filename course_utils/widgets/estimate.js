// A question for a number: a slider, the reader's answer, and where the right one lies on it.

/** @param {{model: Model, el: HTMLElement}} view */
function render(view) {
  const { model } = view;
  const id = `estimate-${newId()}`;
  const texts = model.get("_texts");
  const slider = element("input", { id, type: "range", min: 0, max: texts.length - 1, step: 1 });
  slider.setAttribute("aria-label", `Predict: ${model.get("_question")}`);
  const text = element("output", { className: "cu-value", htmlFor: id });
  const mark = element("div", { className: "cu-mark", hidden: true, textContent: "▲" });
  mark.setAttribute("aria-hidden", "true"); // the reply says it in words
  const row = element("div", { className: "cu-estimate" }, element("div", {}, slider, mark), text);
  const button = element("button", { type: "button", textContent: "Answer" });
  const reply = message("cu-reply", "status");
  const wire = makeWire(model);
  const showValue = () => {
    text.textContent = texts[slider.value];
    slider.setAttribute("aria-valuetext", texts[slider.value]);
  };
  const takePosition = () => {
    slider.value = model.get("_position");
    showValue();
  };
  slider.addEventListener("input", showValue);
  button.addEventListener("click", () => wire.send({ answer: Number(slider.value) }));
  const showReply = () => {
    takePosition();
    writeReply(model, reply, ["✓", "→"]);
    // The middle of a slider's knob, 16 pixels wide, never comes to the ends of its track.
    const share = model.get("_right_position") / (texts.length - 1);
    mark.style.left = `calc(${100 * share}% + ${8 - 16 * share}px)`;
    mark.hidden = false;
  };
  takePosition();
  return mountQuestion(view, wire, [row, button, reply], showReply);
}

export default { render };
