// Colour the code of cells that can be edited, without a mark in their text.

const TOKEN =
  /(?<comment>#.*)|(?<string>(?:\b[rbf]+)?(?:"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))|(?<number>\b\d[\d_]*\.?\d*(?:e[+-]?\d+)?\b)|(?<keyword>\b(?:and|as|assert|break|class|continue|def|del|elif|else|except|finally|for|from|if|import|in|is|lambda|not|or|pass|raise|return|try|while|with|yield|None|True|False)\b)/g;
const KINDS = ["comment", "string", "number", "keyword"];

export const canHighlight = Boolean(window.Highlight);

export function highlight(editors) {
  const found = new Map(KINDS.map((kind) => [kind, new Highlight()]));
  for (const text of editors.flatMap(textsOf)) {
    for (const match of text.data.matchAll(TOKEN)) {
      const kind = KINDS.find((name) => match.groups[name] !== undefined);
      const startOffset = match.index;
      const endOffset = startOffset + match[0].length;
      found
        .get(kind)
        .add(new StaticRange({ startContainer: text, startOffset, endContainer: text, endOffset }));
    }
  }
  for (const [kind, ranges] of found) CSS.highlights.set(`code-${kind}`, ranges);
}

function textsOf(editor) {
  editor.normalize();
  return [...editor.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
}
