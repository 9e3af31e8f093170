import type * as z from 'zod'
import { defined } from '../../defined.ts'
import type { SeasonStep, StatusStep, StepObject, WantedChange } from '../../rules/machine.ts'
import type { AreaAfter } from '../../rules/area/decide-area.ts'
import type { SeatRow } from '../../rules/seat.ts'
import type { ShownState } from '../../rules/season/shown-state.ts'
import type { Offer } from '../../venue/terms.ts'
import { isSeasonType, type batchReply, type batchRequest } from './batch-shapes.ts'
import { toObjectInfo, type ObjectInfo, type Overridden } from './object-info.ts'
import type * as shapes from './status-shapes.ts'
import { toStatusWord } from './statuses.ts'

type Action = Omit<z.output<typeof shapes.actionRequest>, 'objects'> & {
  /** None where the best are wanted. */
  readonly objects?: z.output<typeof shapes.actionRequest>['objects'] | undefined
}
type Entry = z.output<typeof batchRequest>['statusChanges'][number]
type Named = 'book' | 'hold' | 'release' | 'put-up-for-resale'
type Target = Pick<z.output<typeof shapes.groupStatusRequest>, 'type' | 'status'>

/** A step that a named action asks for. */
export function toNamedStep(eventKeys: readonly string[], body: Action, name: Named): StatusStep {
  const { resaleListingId: listing } = body
  switch (name) {
    case 'book':
      return toStep(eventKeys, body, { kind: 'set-booked' })
    case 'release':
      return toStep(eventKeys, body, { kind: 'set-back' })
    case 'put-up-for-resale':
      return toStep(eventKeys, body, resale(listing))
    case 'hold':
      return toStep(eventKeys, body, { kind: 'set-held' })
  }
}

/** A step to the status that the body names, or back. */
export function toStatusStep(eventKeys: readonly string[], body: Action & Target): StatusStep {
  if (body.type === 'RELEASE') return toStep(eventKeys, body, { kind: 'set-back' })
  const word = toStatusWord(body.status ?? '')
  switch (word) {
    case 'free':
      return toStep(eventKeys, body, { kind: 'set-free' })
    case 'booked':
      return toStep(eventKeys, body, { kind: 'set-booked' })
    case 'resale':
      return toStep(eventKeys, body, resale(body.resaleListingId))
    case 'held':
      return toStep(eventKeys, body, { kind: 'set-held' })
    default:
      return toStep(eventKeys, body, { kind: 'set-custom', status: word.slice(1) })
  }
}

/** A step of many. */
export function toBatchStep(entry: Entry): StatusStep | SeasonStep {
  if (!isSeasonType(entry)) return toStatusStep([entry.event], entry)
  return toSeasonStep(entry.event, entry, entry.type === 'USE_SEASON_STATUS' ? 'use' : 'override')
}

/** A step that lets a season's status not count for objects of an event, or count again. */
export function toSeasonStep(
  eventKey: string,
  { objects, season: seasonKey }: Pick<Entry, 'objects' | 'season'>,
  word: 'override' | 'use',
): SeasonStep {
  const change = { kind: `${word}-season` as const, ...defined({ seasonKey }) }
  return { eventKeys: [eventKey], objects: toStepObjects(objects), change }
}

function resale(resaleListingId: string | undefined) {
  const listing = defined({ resaleListingId })
  return { kind: 'set-resale' as const, ...listing }
}

function toStep(eventKeys: readonly string[], body: Action, aim: WantedChange): StatusStep {
  const { holdToken, orderId, keepExtraData, channelKeys = [], ignoreChannels } = body
  const { allowedPreviousStatuses: allowed, rejectedPreviousStatuses: rejected } = body
  const change: WantedChange = {
    ...aim,
    keepExtraData,
    ...defined({ holdToken, orderId }),
    ...(channelKeys.length === 0 ? {} : { channelKeys }),
    ...(ignoreChannels ? { ignoreChannels } : {}),
    ...(allowed.length === 0 ? {} : { allowedBefore: allowed.map(toStatusWord) }),
    ...(rejected.length === 0 ? {} : { rejectedBefore: rejected.map(toStatusWord) }),
  }
  return { eventKeys, objects: toStepObjects(body.objects), change }
}

function toStepObjects(objects: Action['objects'] = []): StepObject[] {
  return objects.map(({ objectId: label, quantity, ticketType, extraData }) => ({
    label,
    quantity,
    given: {
      ...defined({ ticketType, extraData }),
    },
  }))
}

/** An object that was changed, or an area. */
export type Changed = { readonly event: { readonly eventKey: string } } & (
  | {
      readonly target: { readonly label: string; readonly offer: Offer | undefined }
      readonly after: SeatRow
      readonly shown?: ShownState
      readonly overridden?: Overridden
    }
  | {
      readonly target: { readonly label: string; readonly offer: Offer | undefined }
      readonly area: AreaAfter
      readonly overridden?: Overridden
    }
)

/** The objects of a step after it, by label; of several events those of the first. */
export function toObjects(objects: readonly Changed[]): Record<string, ObjectInfo> {
  const [first] = objects
  const shown = objects.filter(({ event }) => event.eventKey === first?.event.eventKey)
  const infos = shown.map((changed): [string, ObjectInfo] => {
    const { label, offer } = changed.target
    const notes = defined({ overridden: changed.overridden })
    if ('area' in changed) {
      return [label, toObjectInfo({ label, offer, area: changed.area.sums, ...notes })]
    }
    const { after, shown } = changed
    return [label, toObjectInfo({ label, offer, ...notes, ...statesOf(after, shown) })]
  })
  return Object.fromEntries(infos)
}

/** What is shown of an object that was changed. */
function statesOf({ state }: SeatRow, shown?: ShownState) {
  if (shown?.of === 'season') return { state: shown.state, isInherited: true as const }
  return shown?.of === 'others' ? { state, sharer: shown.state } : { state }
}

/** Whether the objects of changes are asked for. */
export function isTold({ expand = [] }: z.output<typeof shapes.expandQuery>): boolean {
  return expand.includes('objects')
}

/** What a change answers: its objects if they are asked for, else nothing. */
export function toChangeReply(
  query: z.output<typeof shapes.expandQuery>,
  steps: readonly { readonly objects: readonly Changed[] }[],
): z.output<typeof shapes.changeReply> {
  if (!isTold(query)) return undefined
  return { objects: toObjects(steps.flatMap(({ objects }) => objects)) }
}

/** What a batch answers: for each change its objects, if they are asked for, else nothing. */
export function toBatchReply(
  query: z.output<typeof shapes.expandQuery>,
  steps: readonly { readonly objects: readonly Changed[] }[],
): z.output<typeof batchReply> {
  if (!isTold(query)) return undefined
  return { results: steps.map(({ objects }) => ({ objects: toObjects(objects) })) }
}
