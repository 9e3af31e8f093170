// A queue takes a message only if all its characters are ones that XML has: no control characters, no halves of surrogate pairs,
// neither U+FFFE nor U+FFFF. JSON escapes all of these but the last two by itself, and whoever reads it and writes it anew, as
// the bus does, undoes the escapes of those two. So what has to pass bus and queues as it is must do without them.

/** What no message can carry, and JSON does not escape. */
const UNSENDABLE = /[\ufffe\uffff]/g

/** Whether bus and queues carry a text as it is: it is well formed, and without U+FFFE and U+FFFF. */
export function isPlainText(text: string): boolean {
  return text.isWellFormed() && text.search(UNSENDABLE) < 0
}

/** A text to be shown, as bus and queues carry it: with the replacement character for what they do not. */
export function plainText(text: string): string {
  return text.toWellFormed().replace(UNSENDABLE, '\ufffd')
}

/** Writes JSON that every queue takes, with all that it does not escaped. */
export function plainJson(value: unknown): string {
  return escapeInJson(JSON.stringify(value))
}

/** JSON as every queue takes it. */
export function escapeInJson(json: string): string {
  return json.replace(UNSENDABLE, (character) => (character === '\ufffe' ? '\\ufffe' : '\\uffff'))
}

/** Whether all texts in a JSON value, names of fields included, are plain. */
export function hasPlainTexts(value: unknown): boolean {
  if (typeof value === 'string') return isPlainText(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([name, child]) => isPlainText(name) && hasPlainTexts(child))
}
