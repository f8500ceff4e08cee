// A question with choices is answered by the page at once; Python hears of it when it is there.

/**
 * @param {import("./model.js").Model} model
 * @param {{answers: Record<string, string>, right: string, reason: string}} replies
 * @param {(question: string) => void} onAnswer
 */
export function answerHere(model, replies, onAnswer) {
  model.answer = ({ choose, ticket }) => {
    if (model.id || !(choose in replies.answers)) return;
    model.change({
      chosen: choose,
      correct: choose === replies.right,
      _answer: [replies.right, replies.reason],
      _reply: replies.answers[choose],
      _answered: ticket,
    });
    onAnswer(model.get("_question"));
  };
}
