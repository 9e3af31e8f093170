import { succeed, type Outcome } from '../refusals.ts'
import type { Context } from './context.ts'
import { keepReceipt } from '../store/table/receipts.ts'

/** Answers a request that changes nothing here, and remembers under its idempotency key that it did. */
export async function keepNothing({ store, keyed }: Context): Promise<Outcome<undefined>> {
  await keepReceipt(store, keyed?.receiptFor(undefined))
  return succeed(undefined)
}
