import type { Scene } from '../scene/scene.ts'

/** Which seats stand around which table, by index. */
export interface Tables {
  readonly tableOf: (seat: number) => number | undefined
  readonly seatsOf: (table: number) => readonly number[]
}

/** Reads it from the order of a drawing, in which a table comes right before its seats. */
export function tablesOf({ objects }: Scene): Tables {
  const tables = new Map<number, number>()
  const seats = new Map<number, number[]>()
  let table: (typeof objects)[number] | undefined
  for (const object of objects) {
    if (object.kind === 'table') table = object
    else if (object.parent?.type !== 'table') table = undefined
    // Of several tables with one label only the first is there: seats of the others stand around none.
    if (object.parent?.label !== table?.own || object.section !== table?.section) continue
    if (table === undefined || object.kind !== 'seat') continue
    tables.set(object.index, table.index)
    const around = seats.get(table.index)
    if (around === undefined) seats.set(table.index, [object.index])
    else around.push(object.index)
  }
  return { tableOf: (seat) => tables.get(seat), seatsOf: (index) => seats.get(index) ?? [] }
}
