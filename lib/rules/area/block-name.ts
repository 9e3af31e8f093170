// A block is named where objects are named by their labels: in keys of rows and in hold entries. What stands between the label of
// its area and its number is a character that no label has, since queues would not carry it.

const MARK = '\uffff'

/** A block of an area. */
export interface BlockName {
  readonly label: string
  readonly block: number
}

/** What a block is called among the objects of an event. */
export function blockName({ label, block }: BlockName): string {
  return `${label}${MARK}${block}`
}

/** Reads what a block is called; undefined where it is the label of an object. */
export function readBlockName(name: string): BlockName | undefined {
  const place = name.lastIndexOf(MARK)
  const number = name.slice(place + 1)
  // Labels that were stored before queues were asked may have the character, but not with a number behind it.
  if (place < 0 || !/^\d{1,2}$/.test(number)) return undefined
  return { label: name.slice(0, place), block: Number(number) }
}

/** What the plan of an area is called among the objects of an event. */
export function planName(label: string): string {
  return `${label}${MARK}`
}

/** The area whose plan is called so; undefined where it is the label of an object, or a block. */
export function readPlanName(name: string): string | undefined {
  return name.endsWith(MARK) ? name.slice(0, -1) : undefined
}
