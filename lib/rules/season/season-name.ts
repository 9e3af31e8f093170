// The row of an object of a season lies where rows of its objects would lie, were it an event: what stands behind the label is
// a character that no label has, as with blocks and plans.

const MARK = '\uffffS'

/** What the row of a season is called that tells of the label. */
export function seasonName(label: string): string {
  return `${label}${MARK}`
}

/** The label that a season's row of that name tells of; undefined where it is the name of anything else. */
export function readSeasonName(name: string): string | undefined {
  return name.endsWith(MARK) ? name.slice(0, -MARK.length) : undefined
}
