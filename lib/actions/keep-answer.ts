import { succeed, type Outcome } from '../refusals.ts'
import type { Context } from './context.ts'
import { keepReceipt } from '../store/table/receipts.ts'

/** Answers a request that changes nothing here, and keeps the answer under its idempotency key: a repeat is told the same. */
export async function keepAnswer<Result>(
  { store, keyed }: Context,
  result: Result,
): Promise<Outcome<Result>> {
  await keepReceipt(store, keyed?.receiptFor(result))
  return succeed(result)
}
