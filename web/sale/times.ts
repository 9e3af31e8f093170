import { MINUTE_MS, SECOND_MS } from '../../lib/limits/durations.ts'

// How often a sale asks, and how long it waits.

/** Between polls while somebody looks on. */
export const POLL_MS = SECOND_MS

/** Between polls while nobody does anything. */
export const IDLE_POLL_MS = 5 * SECOND_MS

/** Without any activity, after which a person is idle. */
export const IDLE_AFTER_MS = 2 * MINUTE_MS

/** Between looks at what was refused or is gone: it may come back. */
export const AGAIN_MS = MINUTE_MS

/** Without an answer, after which nobody may take what is shown for true. */
export const OFFLINE_AFTER_MS = 4 * SECOND_MS

/** For an answer to a poll or a change. */
export const ANSWER_MS = 8 * SECOND_MS

/** For a drawing, which may be megabytes. */
export const DRAWING_MS = MINUTE_MS

/** The first wait before something is repeated; each is twice as long as the one before, up to the last. */
export const REPEAT_MS = SECOND_MS
export const REPEAT_MS_MAX = 10 * SECOND_MS

/** The longest that a server may ask us to wait. */
export const RETRY_AFTER_MS_MAX = 5 * MINUTE_MS

/** Sendings of one change: after that its outcome is left open, and settled later. */
export const SENDINGS_MAX = 3

/** After a change, until the snapshot shows it; twice what it takes at worst. */
export const SETTLED_MS = 3 * SECOND_MS

/** After a hold, until everybody shows it: a snapshot is a second and a half behind, and a cache in front two more. */
export const CAUGHT_UP_MS = 4 * SECOND_MS

/** By how much the clocks of two servers may differ. */
export const CLOCKS_MS = SECOND_MS / 4

/** The same where the server lost what it counted: an event is read anew each minute, whatever was counted. */
export const SURELY_READ_MS = MINUTE_MS + 10 * SECOND_MS

/** Deadlines that lie no further apart are one: what is held later is held for what is left, in whole seconds. */
export const TOGETHER_MS = 3 * SECOND_MS

/** Timers take no more than this. */
export const TIMER_MS_MAX = 2 ** 31 - 1
