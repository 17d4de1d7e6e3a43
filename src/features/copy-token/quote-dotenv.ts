/**
 * A value in a `.env` file. There is no standard: readers agree on text between double quotes that has nothing to
 * escape, and on text between single quotes. What fits neither is written as a POSIX shell reads it (`. ./.env`), between
 * double quotes.
 */
export function quoteDotenv(text: string): string {
  if (!/["\\$`\n\r]/.test(text)) return `"${text}"`;
  if (!/['\\\r]/.test(text)) return `'${text}'`;
  return `"${text.replace(/["\\$`]/g, '\\$&')}"`;
}
