/** shortened: texts of others, as long as a sentence about them can bear. */

/** A text, or its first words. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest);
  return `${/\s/.test(text.charAt(longest)) ? cut : cut.replace(/\s+\S*$/, '')}…`;
}
