import { defined } from '../../defined.ts'
import type { Change } from '../../rules/machine.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { networkOf } from '../../network.ts'
import { looksLikePartition } from '../../venue/pools.ts'
import { changeSeats, type Changed, type EventParts } from './change-seats.ts'
import type { Context } from '../context.ts'
import { capHold, type Capped } from './hold-life.ts'
import { countLive, findHeldBy, isCountedByRow } from '../../store/seats/read-event.ts'

export interface HoldRequest {
  readonly parts: EventParts
  readonly change: Extract<Change, { kind: 'hold' }>
  /** Of each area that is named: how many places. */
  readonly places?: number | undefined
}

/**
 * Holds objects, all or none. Refuses a publishable key that opens channels and may not, or names the places of one by its id, one
 * that would hold more than the workspace allows, and a token that has held as long as that does.
 */
export async function holdSeats(context: Context, request: HoldRequest): Promise<Outcome<Changed>> {
  const { change, parts, places = 1 } = request
  const labels = parts.flatMap((part) => part.labels)
  const isNamed = labels.some(looksLikePartition)
  if (context.caller.kind === 'publishable' && isNamed) {
    return refuse({ code: 'channels-not-allowed' })
  }
  const wanted = { change, labels, places: labels.length * places }
  const holder = await holderOf(context, wanted)
  if (!holder.ok) return holder
  const capped = await capHold(context, change)
  if (!capped.ok) return capped
  return changeSeats(context, { ...request, ...heldBy(change, holder.value, capped.value) })
}

/** A hold as it is to be, and what its entries say of who holds, and since when. */
export function heldBy(
  change: HoldRequest['change'],
  holder: string | undefined,
  capped: Capped | undefined,
) {
  if (capped === undefined) return { change, ...defined({ holder }) }
  const { since, extensions, until } = capped
  return { change: { ...change, until }, life: { since, extensions }, ...defined({ holder }) }
}

/** What is to be held: those of the objects that the token holds already are not counted twice. */
interface ToHold {
  readonly change: HoldRequest['change']
  readonly labels: readonly string[]
  readonly places: number
}

/**
 * Under whom holds are counted, if they are. Refuses a publishable key that opens channels and may not, and, where the workspace caps live holds,
 * one that would hold more for one address: by what is held when it looks, so requests of the same moment may exceed the cap together.
 */
export async function holderOf(
  context: Context,
  wanted: ToHold,
): Promise<Outcome<string | undefined>> {
  const { kind, keyId, address, settings } = context.caller
  const { liveHoldsMax } = settings
  const { channelKeys, ignoreChannels } = wanted.change
  if (kind === 'secret') return succeed(undefined)
  const mayOpen = channelKeys === undefined || settings.publishableMayOpenChannels === true
  if (!mayOpen || ignoreChannels === true) {
    return refuse({ code: 'channels-not-allowed' })
  }
  if (liveHoldsMax === undefined) return succeed(undefined)
  const holder = `${keyId}#${networkOf(address)}`
  const isWithin = await hasRoom(context, wanted, { holder, liveHoldsMax })
  return isWithin ? succeed(holder) : refuse({ code: 'too-many-live-holds', liveHoldsMax })
}

/** Counts by the hold entries first, which may cover what is no longer held; by the rows only if that is too much, or does not tell of how many places. */
async function hasRoom(
  { store, now }: Context,
  { change, labels, places }: ToHold,
  { holder, liveHoldsMax }: { holder: string; liveHoldsMax: number },
): Promise<boolean> {
  const covered = await findHeldBy(store, { holder, now: now() })
  const again = new Set(labels)
  const others = covered.filter(
    ({ label, holdToken }) => holdToken !== change.holdToken || !again.has(label),
  )
  const isSure = !others.some(isCountedByRow)
  if (isSure && countObjects(others) + places <= liveHoldsMax) return true
  return (await countLive(store, others, now())) + places <= liveHoldsMax
}

function countObjects(objects: readonly { event: { eventId: string }; label: string }[]): number {
  return new Set(objects.map(({ event, label }) => `${event.eventId}\n${label}`)).size
}
