/** syntax/short-text: the code around a place, as much of it as fits a sentence. */
import { ts } from '../typescript.js';

const most = 60;

/** The largest expression around a node that is still short, in one line. */
export function shortText(node: ts.Node): string {
  let at = node;
  while (!ts.isStatement(at.parent) && !ts.isFunctionLike(at.parent) && at.parent.getText().length <= most)
    at = at.parent;
  return cutText(at);
}

/** The text of a node in one line, as much of it as fits a sentence. */
export function cutText(node: ts.Node): string {
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
