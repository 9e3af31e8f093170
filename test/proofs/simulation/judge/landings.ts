import type { CallSeen } from '../processes.ts'

/** Which call made which record; TTL made the others. */
export function landingsOf(calls: readonly CallSeen[]): Map<number, CallSeen> {
  const landings = new Map<number, CallSeen>()
  for (const call of calls) {
    const { from = 0, to = 0 } = call.landed ?? {}
    for (let place = from; place < to; place += 1) landings.set(place, call)
  }
  return landings
}
