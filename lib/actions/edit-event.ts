import type { EventDetails, EventHead } from '../inventory/records.ts'
import { refuse, succeed, type Outcome } from '../inventory/refusals.ts'
import { ROUNDS_MAX, type Context } from './context.ts'

/** Which event, and what to change of it; whatever is left out stays. */
export interface EventEdit {
  readonly eventKey: string
  readonly newKey?: string
  readonly name?: string
  readonly date?: string
  readonly isInThePast?: boolean
  /** How tables are sold from now on; those that are named go with the mode `CUSTOM`. */
  readonly tables?: {
    readonly mode: NonNullable<EventHead['tableBooking']> | 'INHERIT'
    readonly named?: EventDetails['tables']
  }
  /** Empty takes away what there was. */
  readonly objectCategories?: NonNullable<EventDetails['objectCategories']>
  readonly categories?: NonNullable<EventDetails['categories']>
}

/** Edits an event, and moves it to another key if that is wanted; refuses an unknown event, and a key that is taken. */
export async function editEvent(context: Context, edit: EventEdit): Promise<Outcome<undefined>> {
  const { store, caller, keyed } = context
  const { eventKey, newKey = eventKey } = edit
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const before = await store.getEvent(caller.workspaceId, eventKey)
    if (before === undefined) return refuse({ code: 'event-not-found', eventKey })
    const details = await editDetails(context, before, edit)
    const after = { ...editHead(before, edit), eventKey: newKey, updatedAt: context.now() }
    const replacement = { before, after, ...(details === undefined ? {} : { details }) }
    const replaced = await store.replaceEvent(replacement, () => keyed?.receiptFor(undefined))
    if (replaced === 'key-taken') return refuse({ code: 'event-key-taken', eventKey: newKey })
    if (replaced !== 'changed') return succeed(undefined)
    await context.backOff(round)
  }
  return refuse({ code: 'record-busy', what: 'event', key: eventKey })
}

function editHead(before: EventHead, { name, date, isInThePast, tables }: EventEdit): EventHead {
  const { tableBooking: former, ...head } = before
  const mode = tables === undefined ? former : tables.mode
  return {
    ...head,
    ...(name === undefined ? {} : { name }),
    ...(date === undefined ? {} : { date }),
    ...(isInThePast === undefined ? {} : { isInThePast }),
    ...(mode === undefined || mode === 'INHERIT' ? {} : { tableBooking: mode }),
  }
}

/** Undefined where the edit leaves them as they are. */
async function editDetails(
  { store }: Context,
  before: EventHead,
  { tables, objectCategories, categories }: EventEdit,
): Promise<EventDetails | undefined> {
  const isEdited = [tables, objectCategories, categories].some((it) => it !== undefined)
  if (!isEdited) return undefined
  const former = (await store.readEventDetails([before])).get(before.eventId) ?? {}
  const named = tables === undefined ? former.tables : tables.named
  const objects = objectCategories ?? former.objectCategories ?? {}
  const own = categories ?? former.categories ?? []
  return {
    ...(named === undefined ? {} : { tables: named }),
    ...(Object.keys(objects).length === 0 ? {} : { objectCategories: objects }),
    ...(own.length === 0 ? {} : { categories: own }),
  }
}
