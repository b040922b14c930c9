/** bench/soak/text: long texts that tell which request they belong to. */

/** So many letters, other ones for each `n`. */
export function textOf(n, letters) {
  const unit = `${n.toString(36)}-abcdefghijklmnopqrstuvwxyz-`;
  return unit.repeat(Math.ceil(letters / unit.length)).slice(0, letters);
}
