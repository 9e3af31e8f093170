import { DAY_MS, HOUR_MS, MINUTE_SECONDS } from './durations.ts'

// What this product takes and keeps, whichever surface is asked. A surface's `fields.ts` has what its contract alone says.

/** Characters of a label, in UTF-16 units: in requests, in drawings that are published, and in maps by label. */
export const LABEL_LENGTH_MAX = 200

/** Characters of a key that callers name: longer ones would not fit the store's keys. */
export const KEY_LENGTH_MAX = 255

/** Characters of a name of a chart, an event, a category or a workspace, and of words such as statuses and order ids. */
export const NAME_LENGTH_MAX = 255

/** Characters of a webhook's URL. */
export const URL_LENGTH_MAX = 2048

/** Notices that a webhook may get in one request. */
export const WEBHOOK_BATCH_MAX = 100

/** Bytes of such a request; what is more goes into the next. */
export const WEBHOOK_BODY_BYTES_MAX = 1_000_000

/** Bytes of a request's body where its endpoint sets no other limit. */
export const BODY_BYTES_MAX = 1024 * 1024

/** Bytes of a drawing's JSON, whether it is sent or comes of an edit. */
export const DRAWING_BYTES_MAX = 4 * 1024 * 1024

/** Bytes of the JSON of an object's extra data. */
export const EXTRA_DATA_BYTES_MAX = 4096

/**
 * Bytes of extra data of one object in a season and all its partial seasons together: they are in one row, which has room for them twice,
 * as a lock needs.
 */
export const SEASON_DATA_BYTES_MAX = 20 * EXTRA_DATA_BYTES_MAX

/** Categories of a chart, or of an event's own; far more than a seat map can tell apart by colour. */
export const CATEGORIES_MAX = 1_000

/**
 * Shards of an event: the fewest, the most, and the rows that one of them is for. By the simulation of partitions in `bench/`: a hall of 2,000
 * spreads its sale as well as its table can take it, and a small one is read as a whole with few requests.
 */
export const EVENT_SHARDS_MIN = 16
export const EVENT_SHARDS_MAX = 256
export const ROWS_PER_SHARD = 32

/** Tags of one chart: they are in its place in the list too, which is read for every page. */
export const TAGS_MAX = 100

/**
 * Bytes of labels and capacities of areas in an event's head, which every request on the event reads. Areas beyond that are divided
 * at their first sale, by a read and a few writes more.
 */
export const HEAD_AREAS_BYTES_MAX = 2_048

/** Places of one area in one request, far more than any has. */
export const PLACES_MAX = 1_000_000

/** Events that one answer lists, of all its charts together: of charts that have more, the newest. */
export const EVENTS_LISTED_MAX = 1_000

/** Events that one request may create. */
export const EVENTS_MAX = 100

/** Events of one season, in its life those that are there at a time: its roster is read by every request on one of them at first sight. */
export const SEASON_EVENTS_MAX = 500

/** Partial seasons of one season: a request on an event looks at all that it is in. */
export const PARTIAL_SEASONS_MAX = 100

/** Secret keys that one workspace shows: enough to give each of its servers another, and all of them go in one transaction. */
export const SECRET_KEYS_MAX = 10

/** Channels of one event. */
export const CHANNELS_MAX = 1_000

/** Bytes of all that an event says beyond its head: answers show it, and one commit writes it. */
export const TERMS_BYTES_MAX = 2 * 1024 * 1024

/** Events whose sale rules one request edits: all of them are written in one transaction. */
export const SALE_EVENTS_MAX = 15

/** Changes of what an event sells within a day of the first of them. */
export const SALE_CALLS_MAX = 10

/** Objects that one commit changes: in one request, and in the life of a hold token, so that moving its deadline is one commit. */
export const OBJECTS_MAX = 1_000

/**
 * Those objects together with what shares their places and is only looked at, seats of a table and tables of seats: so that the largest
 * commit ends while API Gateway waits.
 */
export const OBJECTS_AND_SHARERS_MAX = 2 * OBJECTS_MAX

/** Places of one area that are found for who names none: the answer names each. */
export const BEST_PLACES_MAX = 10_000

/** Milliseconds that a hold lives at most: from the request that makes it, or from its token's creation where that was issued here. */
export const HOLD_MS_MAX = 2 * HOUR_MS

/** Seconds that a hold lives unless told otherwise. */
export const HOLD_SECONDS_DEFAULT = 15 * MINUTE_SECONDS

/** Seconds after which a request is worth repeating for which the store was too slow. */
export const SLOW_STORE_SECONDS = 10

/** Milliseconds that a caller's request may be throttled in all, before it is refused: so that the refusal comes within 300 ms. */
export const THROTTLED_MS_MAX = 250

/** The same of a large commit that was given up for that, while it takes off its locks: what is left of them is left to recovery. */
export const TIDYING_MS_MAX = 250

/** Whoever is refused for want of room comes again after one second, or up to so many: not all together. */
export const RETRY_SECONDS_SPREAD = 3

/** Milliseconds for which a request with an idempotency key takes effect once, and a repeat of it gets its answer. */
export const RECEIPT_MS_KEPT = DAY_MS

/** Days for which a delivery of a webhook is kept from when it was last sent anew, and can be read though its webhook is gone. */
export const DELIVERY_DAYS = 30

/** Days for which a line of a company's log is told. */
export const LOG_DAYS = 14

/** Hexadecimal characters of an admission key: 256 bits. */
export const ADMISSION_KEY_HEX = 64

/** Milliseconds for which it is known how much was held under an admission: a token is good for a week at most. */
export const ADMISSION_MS_COUNTED = 8 * DAY_MS

/** Copies of a chart's revision: of 20,000 requests a second each is asked for by 625, a fifth of what one item takes. */
export const REVISION_COPIES = 32
