import type { ExtraDataText } from './seat.ts'

/** Writes extra data as the JSON text that is stored with an object. */
export function writeExtraData(data: Readonly<Record<string, unknown>>): ExtraDataText {
  return JSON.stringify(data) as ExtraDataText
}

/** Reads stored extra data; `fromEntries` and spread keep fields named like `__proto__` as plain fields. */
export function readExtraData(text: ExtraDataText): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>
}

/** Merges shallowly, field by field: what is given wins over what was kept. */
export function mergeExtraData(
  kept: ExtraDataText | undefined,
  given: ExtraDataText | undefined,
): ExtraDataText | undefined {
  if (kept === undefined || given === undefined) return given ?? kept
  return writeExtraData({ ...readExtraData(kept), ...readExtraData(given) })
}

/** Bytes that the text takes in UTF-8. */
export function extraDataBytes(text: ExtraDataText): number {
  return new TextEncoder().encode(text).length
}
