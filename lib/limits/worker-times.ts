import { SECOND_MS } from './durations.ts'

// How long workers have. What calls them is told the same (`infra/stacks/workers-stack.ts`), and so is the local product.

/** Seconds that a worker has for one call, by what calls it; a queue's by its name. */
export const WORKER_SECONDS = {
  stream: 60,
  timer: 60,
  /** One that is called seldom has more to do: some 400 rules are listed and mended at the pace that EventBridge allows. */
  seldomTimer: 300,
  timers: 30,
  deliveries: 120,
} as const

/** Seconds between two calls from which a timer's worker counts as called seldom. */
export const SELDOM_SECONDS = 300

/** Times as long as its worker may take for which a message is kept from others: Lambda's advice. */
export const VISIBILITY_FACTOR = 6

/** Times a message is handed out before it goes to the dead letters. */
export const RECEIVES_MAX = 5

/** Records of the stream in one call. */
export const STREAM_BATCH = 100

/** Milliseconds until a connection to an AWS service must stand, and until an answer must have come. */
export const CLIENT_MS_MAX = { connect: SECOND_MS, answer: 5 * SECOND_MS } as const
