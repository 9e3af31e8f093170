import type { Catalog, Table } from './catalog.ts'
import { ownerOf } from './instance.ts'
import { eventsIn, unfinished, Violation } from './rules.ts'
import { allLarge, itemsOf, largeOf } from './view.ts'

// What somebody was told of an operation must be there to see.

/** Complains where somebody was told that an operation was done, and it is not there to see. */
export function checkDone(
  view: { readonly catalog: Catalog; readonly after: Table },
  { who, operationId }: { who: string; operationId: string },
): void {
  const large = largeOf(view.catalog, view.after, operationId)
  const isInLog = itemsOf(view.catalog, view.after, 'L#').some((it) => it['op'] === operationId)
  const told = isInLog || eventsIn(view).includes(operationId)
  const lack = large === undefined ? undefined : unfinished(view, large)
  if (!told || lack !== undefined) {
    throw new Violation(
      `${who} was told that ${operationId} is done: ${lack ?? 'it has no history'}`,
    )
  }
  if (large !== undefined && large.header['st'] !== 'C') {
    throw new Violation(`${who} was told that ${operationId} is done, and it was aborted`)
  }
}

/** An operation of one of these actors that is committed; undefined where there is none. */
export function committedBy(
  { catalog, after }: { readonly catalog: Catalog; readonly after: Table },
  actors: readonly string[],
): string | undefined {
  const large = allLarge(catalog, after).filter(({ header }) => header['st'] === 'C')
  const told = itemsOf(catalog, after, 'L#').map((entry) => String(entry['op']))
  const done = [...large.map(({ operationId }) => operationId), ...told]
  return done.find((operationId) => actors.includes(ownerOf(operationId)))
}
