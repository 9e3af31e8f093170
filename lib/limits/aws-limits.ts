import { DAY_MS, DAY_SECONDS, MINUTE_SECONDS, SECOND_MS } from './durations.ts'

// What AWS's services take and keep, as their documentation's pages on quotas say; none of it can be raised, or is meant to be.

/** Milliseconds that API Gateway waits for a function before it answers 504. */
export const API_ANSWER_MS_MAX = 29 * SECOND_MS

/** Bytes of a request's body that API Gateway takes. */
export const API_BODY_BYTES_MAX = 10 * 1024 * 1024

/** Bytes of what a function of Lambda answers: JSON in which the body is a text, with its quotes escaped. */
export const FUNCTION_ANSWER_BYTES_MAX = 6 * 1024 * 1024

/** Items of one transaction of DynamoDB. */
export const TRANSACTION_ITEMS_MAX = 100

/** Statements of one `BatchExecuteStatement`. */
export const BATCH_STATEMENTS_MAX = 25

/** Bytes that the items of one transaction may have together. */
export const TRANSACTION_BYTES_MAX = 4 * 1024 * 1024

/** Keys of one `BatchGetItem`. */
export const BATCH_KEYS_MAX = 100

/** Writes of one `BatchWriteItem`. */
export const BATCH_WRITES_MAX = 25

/** Bytes of one item, with the names of its attributes. */
export const ITEM_BYTES_MAX = 400 * 1024

/** Milliseconds for which the stream of a table keeps its records. */
export const STREAM_MS_KEPT = DAY_MS

/** Seconds for which SQS keeps a message back; what is to wait longer is sent again in hops. */
export const MESSAGE_DELAY_SECONDS_MAX = 15 * MINUTE_SECONDS

/** Seconds for which SQS keeps a message that nobody takes. */
export const MESSAGE_SECONDS_KEPT_MAX = 14 * DAY_SECONDS

/** Entries of one `SendMessageBatch` or `PutEvents`, and messages that a function is handed at once without waiting for more. */
export const BATCH_MESSAGES_MAX = 10
