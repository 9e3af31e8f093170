import type { SaleRules } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import {
  countSaleCall,
  editSaleRules,
  onlyOpens,
  quotaOf,
  type SaleEdit,
  type SaleQuota,
} from '../../venue/sale-rules.ts'
import type { Context } from '../context.ts'
import { changeTerms, changeTermsOf, type TermsEdit } from './change-terms.ts'

/** Sale rules as they are now, and how often they may be changed still. */
export interface ChangedSale {
  readonly rules: SaleRules
  readonly quota: SaleQuota
}

/** Puts these rules in the place of an event's; refuses an unknown event, and more changes than a day has. */
export function replaceSaleRules(
  context: Context,
  eventKey: string,
  rules: SaleRules,
): Promise<Outcome<ChangedSale>> {
  const edit = counted(context, { rulesAfter: () => rules, opens: false })
  return changeTermsOf(context, eventKey, { edit })
}

/** Takes an event's rules away, so that everything is for sale; that is not counted. Refuses an unknown event. */
export function sellEverything(context: Context, eventKey: string): Promise<Outcome<undefined>> {
  const edit: TermsEdit<undefined> = ({ details: { saleRules, ...details } }) =>
    succeed({ details, result: undefined })
  return changeTermsOf(context, eventKey, { edit })
}

/** Changes the rules of events, of all or of none; refuses as `replaceSaleRules` does. */
export function editSales(
  context: Context,
  edits: ReadonlyMap<string, SaleEdit>,
): Promise<Outcome<ReadonlyMap<string, ChangedSale>>> {
  const termsEdits = [...edits].map(([eventKey, edit]): [string, TermsEdit<ChangedSale>] => [
    eventKey,
    editing(context, edit),
  ])
  return changeTerms(context, new Map(termsEdits))
}

/** Changes the rules of one event; refuses as `replaceSaleRules` does. */
export function editSale(
  context: Context,
  eventKey: string,
  edit: SaleEdit,
): Promise<Outcome<ChangedSale>> {
  return changeTermsOf(context, eventKey, { edit: editing(context, edit) })
}

function editing(context: Context, edit: SaleEdit): TermsEdit<ChangedSale> {
  return counted(context, {
    rulesAfter: (rules) => editSaleRules(rules, edit),
    opens: edit.notForSale.length === 0,
  })
}

/** What is meant to open, or does, is never refused for being too often. */
function counted(
  { now }: Context,
  wanted: { rulesAfter: (rules: SaleRules | undefined) => SaleRules; opens: boolean },
): TermsEdit<ChangedSale> {
  return ({ head, details }) => {
    const rules = wanted.rulesAfter(details.saleRules)
    const opens = wanted.opens || onlyOpens(details.saleRules, rules)
    const saleCalls = countSaleCall(head.saleCalls, { now: now(), opens })
    if ('fullUntil' in saleCalls) {
      const retryAfterSeconds = Math.max(1, Math.ceil((saleCalls.fullUntil - now()) / 1_000))
      return refuse({ code: 'too-many-sale-calls', eventKey: head.eventKey, retryAfterSeconds })
    }
    return succeed({
      details: { ...details, saleRules: rules },
      saleCalls,
      result: { rules, quota: quotaOf(saleCalls) },
    })
  }
}
