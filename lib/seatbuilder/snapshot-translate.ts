import type * as z from 'zod'
import { toIso, type Instant } from '../clock.ts'
import { defined } from '../defined.ts'
import type { AreaNow } from '../rules/snapshot/hall.ts'
import { nameOfTold, type ShownHall } from '../rules/snapshot/show-hall.ts'
import type { snapshotReply } from './snapshot-shapes.ts'

type Reply = z.output<typeof snapshotReply>

/** An event as it is told to browsers. */
export interface Told {
  readonly eventKey: string
  readonly chartKey: string
  readonly chartVersion: number | undefined
  readonly now: Instant
  readonly objectCount: number
  readonly shown: ShownHall
  readonly labels?: readonly string[] | undefined
}

/** The snapshot of an event: no tokens, no extra data, nothing of who has what. */
export function toSnapshot(told: Told): Reply {
  const { eventKey, chartKey, chartVersion, now, objectCount, shown, labels } = told
  return {
    eventKey,
    chartKey,
    chartVersion: chartVersion ?? null,
    revision: nameOfTold(shown.told),
    serverTime: toIso(now),
    nextEnd: shown.nextEnd === undefined ? null : toIso(shown.nextEnd),
    objectCount,
    ...defined({ labels: labels && [...labels] }),
    ...defined({ states: shown.letters, changes: shown.changes }),
    areas: shown.areas.map(toArea),
    ends: shown.ends.map(({ at, changes, areas }) => ({
      afterMs: at - now,
      changes: changes,
      areas: areas.map(toArea),
    })),
  }
}

function toArea({ index, capacity, free, freeInChannels }: AreaNow): Reply['areas'][number] {
  return { index, capacity, free, freeInChannels }
}
