import { defined } from '../../../defined.ts'
import { bookedIn, heldIn } from '../../../rules/area/block.ts'
import type { HallState } from '../../../rules/best/candidates.ts'
import { polledState } from '../../../rules/best/polled.ts'
import { roomIn } from '../../../rules/best/room.ts'
import type { Wish } from '../../../rules/best/wish.ts'
import { shownState } from '../../../rules/season/shown-state.ts'
import { goneSince } from '../../../store/seats/gone.ts'
import type { SeatsRead } from '../../../store/seats/read-seats.ts'
import type { Pool } from '../../../venue/pools.ts'
import { sharersOf } from '../../../venue/terms.ts'
import type { Context } from '../../context.ts'
import { readSnapshot } from '../../snapshots/read-snapshot.ts'
import { readWhole, type WholeEvent } from '../whole-event.ts'

/** A hall as whoever looks for places sees it. */
export interface HallSeen {
  readonly state: HallState
  /** Labels that are not free any more, as whoever looks at this finds out: for others, too. */
  readonly gone: Set<string>
  /** Whether rows were read for it: nothing is missing that is free. */
  readonly isWhole: boolean
}

/** A hall as everybody polls it, a moment old; read now where nobody has, or of another drawing. */
export async function seeHall(context: Context, read: SeatsRead, wish: Wish): Promise<HallSeen> {
  const { event, chart, terms } = read
  const polled = await readSnapshot(context, { eventKey: event.eventKey })
  const drawn = polled.ok ? polled.value.reading.drawing?.drawingId : undefined
  if (!polled.ok || drawn !== chart?.published?.drawingId) return readHall(context, read, wish)
  const { kept, reading, now } = polled.value
  const gone = goneSince(context.store, { eventId: event.eventId, readAt: reading.at })
  const { channelKeys, ignoreChannels } = wish
  const state = polledState(kept.hall, terms, { now, ...defined({ channelKeys, ignoreChannels }) })
  const isFree: HallState['isFree'] = (label, at) => !gone.has(label) && state.isFree(label, at)
  return { state: { ...state, isFree }, gone, isWhole: false }
}

/** A hall as all its rows tell it. */
export async function readHall(context: Context, read: SeatsRead, wish: Wish): Promise<HallSeen> {
  const whole = await readWhole(context, read)
  return { state: stateOf(whole, wish), gone: new Set(), isWhole: true }
}

function stateOf(
  { terms, labels, targetOf, at: now, areaOf, blocks }: WholeEvent,
  { channelKeys, ignoreChannels }: Wish,
): HallState {
  const sharing = [...labels].flatMap((label) => sharersOf(terms.inventory, label))
  const touched = new Set([...labels, ...sharing])
  return {
    terms,
    isFree: (label) =>
      !touched.has(label) || shownState(targetOf(label), now).state.status === 'free',
    roomIn(area) {
      const { booked, held, elsewhere = 0 } = areaOf(area.label)
      const own = blocks.get(area.label) ?? []
      const ofPool = (pool: Pool) =>
        own.reduce((sum, it) => sum + bookedIn(it, pool) + heldIn(it, now, pool), 0)
      const taken = { all: booked + held + elsewhere, ofPool }
      return roomIn(terms, area, { ...taken, ...defined({ channelKeys, ignoreChannels }) })
    },
  }
}
