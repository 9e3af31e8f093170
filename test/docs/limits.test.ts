import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { IDEMPOTENCY_KEY_LENGTH_MAX } from '../../lib/http/idempotency.ts'
import * as aws from '../../lib/limits/aws-limits.ts'
import { HOUR_MS, MINUTE_SECONDS, SECOND_MS } from '../../lib/limits/durations.ts'
import * as limits from '../../lib/limits/limits.ts'
import * as seatbuilder from '../../lib/seatbuilder/fields.ts'

const MB = 1024 * 1024

const english = (number: number) => number.toLocaleString('en')

/** What the documents say of limits, each made of the number that the code goes by. */
const sentences: Record<string, readonly string[]> = {
  'README.md': [
    `| objects in one request | ${seatbuilder.LABELS_MAX}, all or none `,
    `| 1 to ${IDEMPOTENCY_KEY_LENGTH_MAX} printable ASCII characters, kept for ${limits.RECEIPT_MS_KEPT / HOUR_MS} hours `,
    `| ${limits.HOLD_SECONDS_DEFAULT} s unless told otherwise, up to ${english(limits.HOLD_MS_MAX / SECOND_MS)} s `,
    `| ${seatbuilder.EXTEND_TTL_SECONDS_DEFAULT} s unless told otherwise, up to ${english(seatbuilder.EXTEND_TTL_SECONDS_MAX)} s `,
    `| ${seatbuilder.HOLD_TOKEN_LENGTH_MIN} to ${seatbuilder.HOLD_TOKEN_LENGTH_MAX} characters `,
    `| 1 to ${limits.LABEL_LENGTH_MAX} characters `,
    `| ${limits.EXTRA_DATA_BYTES_MAX / 1024} KB of JSON an object `,
    `| ${limits.DELIVERY_DAYS} days `,
    `| ${limits.BODY_BYTES_MAX / MB} MB, ${limits.DRAWING_BYTES_MAX / MB} MB `,
  ],
  'docs/api.md': [
    `too large: ${limits.BODY_BYTES_MAX / MB} MB, for charts ${limits.DRAWING_BYTES_MAX / MB} MB and a little`,
    `1 to ${IDEMPOTENCY_KEY_LENGTH_MAX} printable ASCII characters`,
    `as often as you like, for ${limits.RECEIPT_MS_KEPT / HOUR_MS} hours`,
  ],
  'docs/architecture.md': [`in hops of ${aws.MESSAGE_DELAY_SECONDS_MAX / MINUTE_SECONDS} minutes`],
  'docs/commit-protocol.md': [
    `up to ${english(limits.OBJECTS_MAX)} seats in many events all or none, on a store whose transactions hold ${aws.TRANSACTION_ITEMS_MAX} items`,
    `at most once within ${limits.RECEIPT_MS_KEPT / HOUR_MS} hours`,
    `Up to ${aws.TRANSACTION_ITEMS_MAX} items and ${aws.TRANSACTION_BYTES_MAX / MB} MB: one transaction`,
  ],
  'docs/notices.md': [`with every attempt, for ${limits.DELIVERY_DAYS} days`],
  'docs/operations.md': [
    `up to ${english(limits.OBJECTS_MAX)} objects take seconds, and a request must be answered within ${aws.API_ANSWER_MS_MAX / SECOND_MS}`,
  ],
  'docs/runbook.md': [
    `more than ${aws.TRANSACTION_ITEMS_MAX} items was left behind`,
    `forgets after ${aws.STREAM_MS_KEPT / HOUR_MS} hours`,
  ],
  'docs/seatsio.md': [
    `up to ${english(limits.OBJECTS_MAX)} object–event pairs in a request`,
    `${english(limits.OBJECTS_MAX)} objects in its life`,
    `looks at ${english(limits.OBJECTS_AND_SHARERS_MAX)} objects`,
    `lists ${english(limits.EVENTS_LISTED_MAX)} events at most`,
    `drawings up to ${limits.DRAWING_BYTES_MAX / MB} MB`,
  ],
  'docs/seasons.md': [
    `A request creates up to ${limits.EVENTS_MAX}`,
    `a season has up to ${limits.SEASON_EVENTS_MAX} at a time`,
    `a season has up to ${limits.PARTIAL_SEASONS_MAX} partial seasons`,
  ],
  'docs/webhooks.md': [`of the last ${limits.DELIVERY_DAYS} days`],
}

test.each(Object.entries(sentences))(
  '%s tells the limits that the code goes by',
  async (path, said) => {
    const text = await readFile(new URL(`../../${path}`, import.meta.url), 'utf8')
    for (const sentence of said) expect(text).toContain(sentence)
  },
)
