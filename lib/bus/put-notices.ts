import { PutEventsCommand } from '@aws-sdk/client-eventbridge'
import type { Notice } from '../inventory/notice.ts'
import { batchesOf, REQUEST_BYTES_MAX } from './batches.ts'
import type { BusPort } from './port.ts'

/** What EventBridge events that tell of seats have as their source. */
export const NOTICE_SOURCE = 'holdfast.seats'

/** Bytes of an entry's source, type, bus and time, generously. */
const ENTRY_FRAME_BYTES = 256

/** Rounds in which entries that the bus did not take are sent again at once. */
const ROUNDS_MAX = 3

/** An entry on its way, with its place among the notices. */
interface Entry {
  readonly place: number
  readonly notice: Notice
  readonly detail: string
  readonly bytes: number
}

/**
 * Puts notices on the bus, in order, ten at a time. Answers the places of those that the bus did not take after some
 * rounds: whoever calls sends them again later, since a notice may come twice but never not at all.
 */
export async function putNotices(port: BusPort, notices: readonly Notice[]): Promise<number[]> {
  const failed: number[] = []
  for (const batch of batchesOf(notices.map(entryOf), ({ bytes }) => bytes)) {
    failed.push(...(await putBatch(port, batch)))
  }
  return failed
}

async function putBatch(port: BusPort, batch: readonly Entry[]): Promise<number[]> {
  const { events, names } = port
  let left = batch
  for (let round = 1; round <= ROUNDS_MAX && left.length > 0; round += 1) {
    const sent = left
    const { Entries = [], FailedEntryCount = 0 } = await events.send(
      new PutEventsCommand({
        Entries: sent.map(({ notice, detail }) => ({
          EventBusName: names.bus,
          Source: NOTICE_SOURCE,
          DetailType: notice.type,
          Time: new Date(notice.occurredAt),
          Detail: detail,
        })),
      }),
    )
    if (FailedEntryCount === 0) return []
    left = sent.filter((_, index) => Entries[index]?.EventId === undefined)
  }
  return left.map(({ place }) => place)
}

/** A notice that no request could carry goes without its extra data, and says so: the object itself still has them. */
function entryOf(notice: Notice, place: number): Entry {
  const detail = JSON.stringify(notice)
  const bytes = Buffer.byteLength(detail) + ENTRY_FRAME_BYTES
  if (bytes <= REQUEST_BYTES_MAX) return { place, notice, detail, bytes }
  const { extraData, ...rest } = notice
  return entryOf({ ...rest, extraDataOmitted: true }, place)
}
