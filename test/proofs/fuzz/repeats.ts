import type { Attempt } from './attempt.ts'
import { chanceOf, type Chance } from './chance.ts'
import type { Verdict } from './judge.ts'
import { surfaces } from './surfaces.ts'

// Idempotency keys, beside everything else: some writes get a key of their own; some that succeeded under one are sent again,
// some of their keys come with another body, and some keys are malformed. What must be answered then is known beforehand.
// All chance for it is its own, so that the other requests are the same with and without keys.

/** What the header of a request makes of its answer. */
export type Keyed =
  | { readonly kind: 'none' }
  | { readonly kind: 'fresh'; readonly key: string }
  | { readonly kind: 'repeat'; readonly kept: Kept }
  | { readonly kind: 'reused' }
  | { readonly kind: 'malformed' }

/** A write that succeeded under a key. */
interface Kept {
  readonly attempt: Attempt
  readonly status: number
  readonly text: string
  /** Until then it must be remembered. */
  readonly until: number
}

/** What a lane remembers of its keys. */
export interface KeyMemory {
  readonly chance: Chance
  kept: Kept[]
  count: number
}

/** A request, and what its key makes of it. */
export interface Asked {
  readonly attempt: Attempt
  readonly keyed: Keyed
}

/** Of a hundred turns, so many go to requests that were sent before; of a hundred writes, so many get a key. */
const AGAIN_SHARE = 8
const KEYED_SHARE = 40

/** Requests that are remembered. */
const KEPT_MAX = 20

const DAY_MS = 24 * 3_600_000

const HEADER = 'Idempotency-Key'

/** In every answer that shows a secret. */
const SECRET_MARK = /"(secret|admissionKey)":/

/** Headers that no client should send, as far as a client can send them at all. */
const malformed: readonly (readonly string[])[] = [
  [HEADER, ''],
  [HEADER, 'k'.repeat(256)],
  [HEADER, 'a\tb'],
  [HEADER, 'clé'],
  [HEADER, 'a', HEADER, 'b'],
  [HEADER, 'a', HEADER.toLowerCase(), 'a'],
]

/** No keys yet. */
export function newKeyMemory(seed: string): KeyMemory {
  return { chance: chanceOf(`${seed}/keys`), kept: [], count: 0 }
}

/** Something that was sent before, in one way or another; mostly undefined: it is time for something new. */
export function askAgain(memory: KeyMemory, now: number): Asked | undefined {
  const { chance } = memory
  memory.kept = memory.kept.filter(({ until }) => until > now)
  if (memory.kept.length === 0 || !chance.percent(AGAIN_SHARE)) return undefined
  const kept = chance.pick(memory.kept)
  const { attempt } = kept
  // Judged by its key: whatever else is right or wrong with it, it was answered before.
  const again = { ...attempt, id: `${attempt.id}/again`, kind: 'mutated' } as const
  const turn = chance.below(10)
  if (turn < 6) return { attempt: again, keyed: { kind: 'repeat', kept } }
  if (turn < 8) {
    const body = Buffer.concat([attempt.body ?? Buffer.of(), Buffer.from(' ')])
    return { attempt: { ...again, body }, keyed: { kind: 'reused' } }
  }
  const headers = [...withoutKey(attempt.headers), ...chance.pick(malformed)]
  return { attempt: { ...again, headers }, keyed: { kind: 'malformed' } }
}

/** Gives some new writes a key of their own. */
export function giveKey(memory: KeyMemory, attempt: Attempt): Asked {
  const { chance } = memory
  const { method, role, kind, headers } = attempt
  const isWrite = method !== 'GET' && kind !== 'odd'
  const isKnown = role === 'secret' || role === 'publishable'
  if (!isWrite || !isKnown || !chance.percent(KEYED_SHARE)) {
    return { attempt, keyed: { kind: 'none' } }
  }
  memory.count += 1
  const key = `${attempt.workspace.name} ${memory.count}${chance.pick(['', '~', 'k'.repeat(200)])}`
  return {
    attempt: { ...attempt, headers: [...headers, HEADER, key] },
    keyed: { kind: 'fresh', key },
  }
}

/** Remembers what succeeded under a key of its own. */
export function keepAnswer(
  memory: KeyMemory,
  asked: Asked,
  answer: Verdict & { now: number },
): void {
  const { attempt, keyed } = asked
  const { status, text, now, operation } = answer
  if (keyed.kind !== 'fresh' || status >= 300 || operation === undefined) return
  memory.kept = [...memory.kept, { attempt, status, text, until: now + DAY_MS }].slice(-KEPT_MAX)
}

/** Says what is wrong with an answer, by what the key of its request makes of it. */
export function judgeKey(
  keyed: Keyed,
  { operation, status, text, said, isReplay }: Verdict,
): string[] {
  switch (keyed.kind) {
    case 'none':
    case 'fresh':
      return isReplay ? ['answers as if it had been sent before'] : []
    case 'repeat': {
      const { kept } = keyed
      // It is told once: not even a repeat shows it.
      if (SECRET_MARK.test(kept.text)) {
        const isTold = status === 409 && !SECRET_MARK.test(text)
        return isTold ? [] : [`a repeat of what showed a secret answers ${status}`]
      }
      if (status !== kept.status) return [`a repeat answers ${status}, not ${kept.status}`]
      if (text !== kept.text) return [`a repeat answers ${text}, not ${kept.text}`]
      return isReplay ? [] : ['a repeat does not say that it is one']
    }
    case 'reused':
      return status === 422 ? [] : [`a key that was used for another request answers ${status}`]
    case 'malformed': {
      const surface = operation && surfaces[operation.surface]
      const isNamed = status === 400 && surface?.isAboutHeader(said, HEADER) === true
      return isNamed ? [] : [`a malformed key answers ${status}: ${text.slice(0, 200)}`]
    }
  }
}

function withoutKey(headers: readonly string[]): string[] {
  const place = headers.indexOf(HEADER)
  return place === -1 ? [...headers] : headers.toSpliced(place, 2)
}
