import type { KeyedRequest } from '../../lib/actions/context.ts'
import { runOnce, type Repeatable } from '../../lib/http/idempotency.ts'
import type { Outcome } from '../../lib/refusals.ts'
import type { Runtime } from '../../lib/open.ts'

/** Runs an action as the HTTP kit does for a request with an idempotency key. */
export function runKeyed<Value>(
  runtime: Runtime,
  key: string,
  run: (keyed: KeyedRequest) => Promise<Outcome<Value>>,
): Promise<Repeatable<Outcome<Value>>> {
  const request = { keyId: 'one-secret', hash: key, fingerprint: `of ${key}` }
  return runOnce(runtime, { request, status: 200, run, isNo: ({ ok }) => !ok })
}
