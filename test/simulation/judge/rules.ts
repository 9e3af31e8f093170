import { objectsOf, type Asked } from '../requests.ts'
import type { State } from './timeline.ts'

// The rules of holding and booking, as the contract tells them: written anew here, and not taken from the product.

/** How an object looks to whoever asks, by their clock. A hold that has ended is no hold. */
export type Look = 'free' | 'mine' | 'theirs' | 'booked'

/** Says how a state looks at a moment of the asker's clock. */
export function lookOf(state: State | undefined, token: string | undefined, now: number): Look {
  if (state === undefined || state.status === 'free') return 'free'
  if (state.status === 'booked') return 'booked'
  if (Number(state.until) <= now) return 'free'
  return state.token === token ? 'mine' : 'theirs'
}

/** What each verb may do with an object that looks like this: change it, or refuse it with one of these words. */
const book: Record<Asked['verb'], Record<Look, string>> = {
  hold: { free: 'yes', mine: 'yes', theirs: 'held-by-another', booked: 'seat-booked' },
  extend: {
    free: 'not-held-by-token',
    mine: 'yes',
    theirs: 'not-held-by-token',
    booked: 'not-held-by-token',
  },
  'book-held': {
    free: 'not-held-by-token',
    mine: 'yes',
    theirs: 'not-held-by-token',
    booked: 'not-held-by-token',
  },
  release: { free: 'not-taken', mine: 'yes', theirs: 'yes', booked: 'yes' },
  'release-held': { free: 'not-taken', mine: 'yes', theirs: 'not-taken', booked: 'not-taken' },
}

/** The one answer that a request may get about an object in this state at that moment: yes, or a refusal. */
export function verdict(asked: Asked, state: State | undefined, now: number): string {
  return book[asked.verb][lookOf(state, asked.holdToken, now)]
}

/** What is wrong with a change that a request made, or undefined. */
export function changeFault(
  asked: Asked,
  { object, before, after }: { object: string; before: State | undefined; after: State },
): string | undefined {
  if (!objectsOf(asked).has(object) && asked.isAll !== true) return 'it was not asked for'
  const now = after.at
  const said = verdict(asked, before, now)
  if (said !== 'yes') return `it should have been refused: ${said}`
  const isLapsed = before?.status === 'held' && Number(before.until) <= now
  const version = (before?.version ?? 0) + (isLapsed ? 2 : 1)
  if (after.version !== version) return `its version should be ${version}`
  return stateFault(asked, after)
}

function stateFault({ verb, holdToken, holdMs = 0 }: Asked, after: State): string | undefined {
  const status = { hold: 'held', extend: 'held', 'book-held': 'booked' } as const
  const expected = verb === 'release' || verb === 'release-held' ? 'free' : status[verb]
  if (after.status !== expected) return `it should be ${expected}`
  if (expected !== 'held') {
    return after.token === undefined && after.until === undefined
      ? undefined
      : 'a hold is left on it'
  }
  if (after.token !== holdToken) return 'it is held for somebody else'
  const from = Number(after.until) - holdMs
  return from > after.at ? 'it is held for too long' : undefined
}
