// What questions of every kind share: a frame, buttons, and the kernel's reply in words.

/**
 * @param {{model: Model, el: HTMLElement}} view
 * @param {ReturnType<typeof makeWire>} wire
 * @param {HTMLElement[]} parts what is answered with, from top to bottom
 * @param {() => void} showReply called when there is an answer, and at once if there is one already
 */
function mountQuestion({ model, el }, wire, parts, showReply) {
  const show = () => model.get("correct") !== null && showReply();
  const leaveModel = listen(model, { "change:_reply": show, "change:_answered": show });
  show();
  const legend = element("legend", { textContent: `Predict: ${model.get("_question")}` });
  el.classList.add("cu-prediction");
  el.append(element("fieldset", {}, legend, ...parts, wire.error));
  const leaveKeys = keepOwnKeys(el);
  return () => {
    leaveKeys();
    wire.hangUp();
    leaveModel();
  };
}

/** @param {Model} model @param {HTMLElement} reply @param {[string, string]} signs if right, if not */
function writeReply(model, reply, [right, wrong]) {
  const correct = model.get("correct");
  reply.textContent = unbroken(`${correct ? right : wrong} ${model.get("_reply")}`);
  reply.classList.toggle("cu-passed", correct);
}
