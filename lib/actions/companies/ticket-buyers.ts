import { succeed, type Outcome } from '../../refusals.ts'
import type { CursorPage, CursorRequest } from '../../store/table/cursors.ts'
import type {
  BuyersChange,
  BuyersChanged,
  TicketBuyer,
} from '../../store/companies/ticket-buyers.ts'
import type { Context } from '../context.ts'
import * as stored from '../../store/companies/ticket-buyers.ts'

/** Adds ticket buyers to the caller's company, or removes them; says which it changed. */
export async function changeBuyers(
  { store, caller, keyed }: Context,
  change: Omit<BuyersChange, 'companyId'>,
): Promise<Outcome<BuyersChanged>> {
  const { companyId = '' } = caller
  const changed = await stored.changeBuyers(store, { ...change, companyId }, (told) =>
    keyed?.receiptFor(told),
  )
  return succeed(changed)
}

/** Reads a page of the ticket buyers of the caller's company. */
export function listBuyers(
  { store, caller }: Context,
  request: CursorRequest,
): Promise<CursorPage<TicketBuyer>> {
  const { companyId = '' } = caller
  return stored.listBuyers(store, companyId, request)
}
