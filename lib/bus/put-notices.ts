import { PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { carriedNotice } from '../rules/carry-notice.ts'
import type { Notice } from '../rules/notice.ts'
import { hasPlainTexts } from '../plain-text.ts'
import { batchesOf, REQUEST_BYTES_MAX } from './batches.ts'
import type { BusPort } from './port.ts'
import { isForGood, sendOrEach, type RefusedEntry } from './refusals.ts'

/** What EventBridge events that tell of seats have as their source. */
export const NOTICE_SOURCE = 'holdfast.seats'

/** Bytes of an entry's source, type, bus and time, generously. */
const ENTRY_FRAME_BYTES = 256

/** Rounds in which entries that the bus did not take are sent again at once. */
const ROUNDS_MAX = 3

/** The bus may take such a notice, but then no queue takes it from the bus, and nobody is told. */
const UNSENDABLE = 'A text of the notice has characters that no queue takes'

/** An entry on its way, with its place among the notices. */
interface Entry {
  readonly place: number
  readonly notice: Notice
  readonly detail: string
  readonly bytes: number
}

/** What became of notices that the bus did not take, by their places. */
export interface NoticesPut {
  /** To be sent again later: a notice may come twice but never not at all. */
  readonly failed: readonly number[]
  /** Never to be taken, however often they are sent. */
  readonly refused: readonly RefusedEntry[]
}

/** Puts notices on the bus, in order, ten at a time; answers which of them it did not take after some rounds. */
export async function putNotices(port: BusPort, notices: readonly Notice[]): Promise<NoticesPut> {
  const failed: number[] = []
  const entries = notices.map(entryOf)
  const refused = entries
    .filter(({ notice }) => !hasPlainTexts(notice))
    .map(({ place }): RefusedEntry => ({ place, reason: UNSENDABLE }))
  const sendable = entries.filter(({ notice }) => hasPlainTexts(notice))
  for (const batch of batchesOf(sendable, ({ bytes }) => bytes)) {
    const puts = await sendOrEach(
      batch,
      (entries) => putBatch(port, entries),
      (entry): NoticesPut => ({ failed: [], refused: [entry] }),
    )
    failed.push(...puts.flatMap((put) => put.failed))
    refused.push(...puts.flatMap((put) => put.refused))
  }
  return { failed, refused }
}

async function putBatch(port: BusPort, batch: readonly Entry[]): Promise<NoticesPut> {
  const { events, names } = port
  const refused: RefusedEntry[] = []
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
    if (FailedEntryCount === 0) return { failed: [], refused }
    left = []
    for (const [index, entry] of sent.entries()) {
      const { EventId, ErrorCode, ErrorMessage: reason = ErrorCode ?? '' } = Entries[index] ?? {}
      if (EventId !== undefined) continue
      if (isForGood(ErrorCode)) refused.push({ place: entry.place, reason })
      else left = [...left, entry]
    }
  }
  return { failed: left.map(({ place }) => place), refused }
}

/** A notice that no request could carry goes without its extra data, and says so: the object itself still has them. */
function entryOf(given: Notice, place: number): Entry {
  const whole = placed(carriedNotice(given), place)
  if (whole.bytes <= REQUEST_BYTES_MAX) return whole
  const { extraData, extraDataText, ...rest } = given
  return placed({ ...rest, extraDataOmitted: true }, place)
}

function placed(notice: Notice, place: number): Entry {
  const detail = JSON.stringify(notice)
  return { place, notice, detail, bytes: Buffer.byteLength(detail) + ENTRY_FRAME_BYTES }
}
