import type { Change } from '../../rules/machine.ts'
import { refuse, type Outcome } from '../../refusals.ts'
import { looksLikePartition } from '../../venue/pools.ts'
import { changeSeats, type Changed, type EventParts } from './change-seats.ts'
import type { Context } from '../context.ts'
import { countLive, findHeldBy, isCountedByRow } from '../../store/seats/read-event.ts'

export interface HoldRequest {
  readonly parts: EventParts
  readonly change: Extract<Change, { kind: 'hold' }>
  /** Of each area that is named: how many places. */
  readonly places?: number | undefined
}

/**
 * Holds objects, all or none. Refuses a publishable key that opens channels, also by naming the places of one. Where the workspace caps live holds, refuses a publishable key that would hold more for one
 * address: by what is held when it looks, so requests of the same moment may exceed the cap together.
 */
export async function holdSeats(context: Context, request: HoldRequest): Promise<Outcome<Changed>> {
  const { kind, keyId, address, settings } = context.caller
  const { liveHoldsMax } = settings
  const { channelKeys, ignoreChannels } = request.change
  const isNamed = request.parts.some(({ labels }) => labels.some(looksLikePartition))
  const opensChannels = isNamed || channelKeys !== undefined || ignoreChannels === true
  if (kind === 'publishable' && opensChannels) return refuse({ code: 'channels-not-allowed' })
  if (kind === 'secret' || liveHoldsMax === undefined) return changeSeats(context, request)
  const holder = `${keyId}#${address}`
  const isWithin = await hasRoom(context, request, { holder, liveHoldsMax })
  if (!isWithin) return refuse({ code: 'too-many-live-holds', liveHoldsMax })
  return changeSeats(context, { ...request, holder })
}

/** Counts by the hold entries first, which may cover what is no longer held; by the rows only if that is too much, or does not tell of how many places. */
async function hasRoom(
  { store, now }: Context,
  { parts, change, places = 1 }: HoldRequest,
  { holder, liveHoldsMax }: { holder: string; liveHoldsMax: number },
): Promise<boolean> {
  const labels = parts.flatMap((part) => part.labels)
  const covered = await findHeldBy(store, { holder, now: now() })
  const again = new Set(labels)
  const wanted = labels.length * places
  const others = covered.filter(
    ({ label, holdToken }) => holdToken !== change.holdToken || !again.has(label),
  )
  const isSure = !others.some(isCountedByRow)
  if (isSure && countObjects(others) + wanted <= liveHoldsMax) return true
  return (await countLive(store, others, now())) + wanted <= liveHoldsMax
}

function countObjects(objects: readonly { event: { eventId: string }; label: string }[]): number {
  return new Set(objects.map(({ event, label }) => `${event.eventId}\n${label}`)).size
}
