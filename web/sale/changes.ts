import { codeOf } from './read-answers.ts'
import type { Ask } from './requests.ts'
import type { Surroundings } from './sale.ts'
import { REPEAT_MS, SENDINGS_MAX } from './times.ts'

// Changes of seats, one after the other. Each has a name of its own, and is sent again under it until it is known what became of it: so
// an answer that was lost is told again, and nothing is done twice. What stays open after some sendings is settled before the next
// change, and when the server is reached again.

/** A change as it is sent. */
export interface Sent {
  readonly path: string
  readonly body: object
  readonly idempotencyKey: string
}

/** What became of a change. */
export type Outcome =
  | { readonly kind: 'done'; readonly body: unknown }
  | { readonly kind: 'refused'; readonly status: number; readonly body: unknown }
  /** Done or not: nobody answered. */
  | { readonly kind: 'open' }

/** Something that is still to be cleared up; answers whether it is. */
type Debt = () => Promise<boolean>

/** Attempts to clear something up: what is held ends by itself in the end. */
const ATTEMPTS_MAX = 5

/** Changes of one sale. */
export interface Changes {
  /** Runs when everything before it has ended. */
  inTurn<Result>(run: () => Promise<Result>): Promise<Result>
  name(path: string, body: object): Sent
  send(change: Sent): Promise<Outcome>
  /** Clears it up as soon as that is possible. */
  owe(debt: Debt): void
  /** Clears up what it can. */
  settle(): Promise<void>
}

/** Opens it; nothing is repeated while the server is not reached. */
export function openChanges(ask: Ask, around: Surroundings, isReached: () => boolean): Changes {
  let last: Promise<unknown> = Promise.resolve()
  let debts: readonly { readonly clear: Debt; attempts: number }[] = []
  const wait = (milliseconds: number) =>
    new Promise<void>((resolve) => void around.later(milliseconds, resolve))
  const inTurn: Changes['inTurn'] = (run) => {
    const mine = last.then(run)
    last = mine.catch(() => undefined)
    return mine
  }
  return {
    inTurn,
    name: (path, body) => ({ path, body, idempotencyKey: around.makeToken() }),
    async send(change) {
      for (let sending = 1; ; sending += 1) {
        const answer = await ask(change)
        const outcome = answer === undefined ? undefined : outcomeOf(answer)
        if (outcome !== undefined) return outcome
        if (sending === SENDINGS_MAX || !isReached()) return { kind: 'open' }
        const spread = REPEAT_MS * sending * (0.5 + around.random() / 2)
        await wait(Math.max(spread, answer?.retryAfterMs ?? 0))
        if (!isReached()) return { kind: 'open' }
      }
    },
    owe(clear) {
      debts = [...debts, { clear, attempts: 0 }]
    },
    async settle() {
      for (let debt = debts[0]; debt !== undefined && isReached(); debt = debts[0]) {
        debt.attempts += 1
        const isClear = await debt.clear()
        if (!isClear && debt.attempts < ATTEMPTS_MAX) return
        debts = debts.slice(1)
      }
    },
  }
}

/** Refusals that a repeat would meet again, though their status is one of haste. */
const LASTING = ['too_many_live_holds']

/** Undefined where a repeat may say more. */
function outcomeOf({ status, body }: { status: number; body: unknown }): Outcome | undefined {
  if (status >= 200 && status < 300) {
    return body === undefined ? undefined : { kind: 'done', body }
  }
  const code = codeOf(body) ?? ''
  const isHaste = status === 429 || status >= 500 || code === 'request_running'
  if (status < 400 || (isHaste && !LASTING.includes(code))) return undefined
  return { kind: 'refused', status, body }
}
