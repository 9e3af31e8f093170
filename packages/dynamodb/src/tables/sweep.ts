import { keyOf, last } from '../items/keys.ts'
import type { Step, Store } from '../store.ts'
import { trim } from '../streams/stream-actions.ts'
import type { Token } from '../actions/transact-write-items.ts'
import { tokenMilliseconds } from '../actions/transact-write-items.ts'

/** Tokens forgotten at once. */
const batchMax = 1000

/** Deletes what nobody can ask for any more: old client tokens and stream records. */
export async function sweep(store: Store): Promise<void> {
  await store.exclusively(() => forgetTokens(store))
  for (const stream of store.streams.values()) await trim(store, stream)
}

async function forgetTokens(store: Store): Promise<void> {
  const horizon = store.clock.now() - tokenMilliseconds
  if (horizon < 0) return
  let steps: Step[] = []
  const range = { gte: keyOf.tokenAge(0), lt: keyOf.tokenAge(horizon) + last }
  for await (const [ageKey, value] of store.range(range)) {
    const key = keyOf.token(String(value))
    steps.push({ type: 'del', key: ageKey })
    // A token can have been used anew since.
    const token = store.get(key) as Token | undefined
    if (token !== undefined && token.at <= horizon) steps.push({ type: 'del', key })
    if (steps.length < batchMax) continue
    await store.batch(steps)
    steps = []
  }
  await store.batch(steps)
}
