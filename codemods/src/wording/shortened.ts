/** wording/shortened: texts of others, as long as a sentence about them can bear. */

/** A text in one line, or its first words. */
export function shortened(text: string, longest: number): string {
  const line = text.replace(/\s*\n\s*/g, ' ');
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest);
  return `${/\s/.test(line.charAt(longest)) ? cut : cut.replace(/\s+\S*$/, '')}…`;
}
