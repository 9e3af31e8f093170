import type * as z from 'zod'
import { toIso, type Instant } from '../clock.ts'
import { defined } from '../defined.ts'
import type { RawJson } from '../http/endpoint.ts'
import type { KeptHall } from '../rules/snapshot/encode-hall.ts'
import type { AreaNow } from '../rules/snapshot/hall.ts'
import { nameOfTold, readTold, showHall, type Told } from '../rules/snapshot/show-hall.ts'
import type { ToldTerms } from '../rules/snapshot/told-terms.ts'
import type { snapshotReply } from './snapshot-shapes.ts'

type Reply = z.output<typeof snapshotReply>

/** An event as it is told to browsers. */
export interface SnapshotTold {
  readonly eventKey: string
  readonly chartKey: string
  readonly chartVersion: number | undefined
  readonly termsVersion: string
  readonly now: Instant
  readonly readAt: Instant
  readonly objectCount: number
  readonly kept: KeptHall
  readonly told: Told
  /** Whether keys and contents of channels are told. */
  readonly tellsChannels: boolean
  /** The revision that the caller has. */
  readonly since?: string | undefined
  /** Where labels were asked for. */
  readonly along?: { readonly labels: readonly string[]; readonly terms: ToldTerms } | undefined
}

/** The snapshot of an event: no tokens, no extra data, nothing of who has what. */
export function toSnapshot(all: SnapshotTold): Reply {
  const { eventKey, chartKey, chartVersion, termsVersion, now, readAt, objectCount } = all
  const { kept, told, since, along } = all
  const known = since === undefined ? undefined : readTold(since)
  const toArea = areaWith(all)
  const shown = showHall(kept, { told, since: known })
  return {
    eventKey,
    chartKey,
    chartVersion: chartVersion ?? null,
    termsVersion,
    revision: nameOfTold(told),
    serverTime: toIso(now),
    readAt: toIso(readAt),
    nextEnd: shown.nextEnd === undefined ? null : toIso(shown.nextEnd),
    objectCount,
    ...(along && toLabels(along)),
    ...defined({ states: shown.letters, changes: shown.changes }),
    areas: shown.areas.map(toArea),
    ends: shown.ends.map(({ at, changes, areas }) => ({
      afterMs: at - now,
      changes,
      areas: areas.map(toArea),
    })),
  }
}

function toLabels({
  labels,
  terms: { categories, objectCategories, channels },
}: NonNullable<SnapshotTold['along']>) {
  return {
    labels: [...labels],
    categories: [...categories],
    ...defined({
      objectCategories,
      channels: channels?.map(({ key, objects }) => ({ key, objects: [...objects] })),
    }),
  } satisfies Partial<Reply>
}

/** The same as a reply: its revision is its tag, since the time in it is another each time. */
export function saySnapshot(told: SnapshotTold): RawJson {
  const reply = toSnapshot(told)
  return { rawJson: `${JSON.stringify(reply)}\n`, tag: reply.revision }
}

function areaWith({ tellsChannels }: SnapshotTold) {
  return (area: AreaNow): Reply['areas'][number] => {
    const { index, capacity, free, freeInChannels, freeByChannel } = area
    const isTold = tellsChannels && freeByChannel.length > 0
    const byChannel = isTold ? { freeByChannel: [...freeByChannel] } : {}
    return { index, capacity, free, freeInChannels, ...byChannel }
  }
}
