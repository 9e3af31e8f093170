import type { Context, KeyedRequest } from '../../lib/actions/context.ts'
import { succeed, type Outcome } from '../../lib/refusals.ts'

/** Runs an action as an endpoint does that shows its result: what is kept of the request is the reply. */
export async function shown<Result, Reply>(
  context: Context,
  run: (context: Context) => Promise<Outcome<Result>>,
  show: (result: Result) => Reply,
): Promise<Outcome<Reply>> {
  const { keyed } = context
  const showing = keyed && {
    ...keyed,
    receiptFor: ((result, left) =>
      keyed.receiptFor(show(result as Result), left)) satisfies KeyedRequest['receiptFor'],
  }
  const outcome = await run({ ...context, keyed: showing })
  return outcome.ok ? succeed(show(outcome.value)) : outcome
}
