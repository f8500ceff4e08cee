// CodeMirror as an exercise needs it: Python's colours, indentation, brackets, undo; Tab still leaves.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

// The page's style sheet gives the colours, in light and in dark.
const COLOURS = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], class: "code-keyword" },
    { tag: [tags.string, tags.special(tags.string)], class: "code-string" },
    { tag: [tags.number, tags.bool, tags.null], class: "code-number" },
    { tag: tags.comment, class: "code-comment" },
    { tag: [tags.definition(tags.variableName), tags.function(tags.definition(tags.variableName))], class: "code-name" },
  ]),
);

/** @param {string} source @param {string} label @param {() => void} run */
export function makeEditor(source, label, run) {
  const runKey = (key) => ({
    key,
    run: () => {
      run();
      return true;
    },
  });
  const state = EditorState.create({
    doc: source,
    extensions: [
      keymap.of([runKey("Shift-Enter"), runKey("Mod-Enter")]),
      lineNumbers(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      indentOnInput(),
      indentUnit.of("    "),
      bracketMatching(),
      closeBrackets(),
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap]),
      python(),
      COLOURS,
      EditorView.contentAttributes.of({ "aria-label": label }),
    ],
  });
  const el = document.createElement("div");
  const view = new EditorView({ state, parent: el });
  return {
    el,
    read: () => view.state.doc.toString(),
    write: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    focus: () => view.focus(),
  };
}
