import type { Refusal, RefusalOf } from '../refusals.ts'
import { admissionRefusals } from './admission.ts'
import { bestRefusals } from './best-available.ts'
import { chartRefusals } from './charts.ts'
import { companyRefusals } from './companies.ts'
import { eventRefusals } from './events.ts'
import { saleRefusals } from './seats.ts'
import { webhookRefusals } from './webhooks.ts'
import type { RefusalKind, RefusalFacts, RefusalFactsOf } from './told.ts'

/** Every refusal, with what is known of it wherever it is told. */
export const refusalTable: RefusalFactsOf<Refusal> = {
  ...admissionRefusals,
  ...bestRefusals,
  ...chartRefusals,
  ...companyRefusals,
  ...eventRefusals,
  ...saleRefusals,
  ...webhookRefusals,
}

/** Words of a surface's own for some refusals, each of which one of its endpoints declares. */
export type OwnWords<Worded, Rest extends unknown[] = []> = {
  readonly [Code in Refusal['code']]?: (refusal: RefusalOf<Code>, ...rest: Rest) => Worded
}

/** What kind of no it is, and the sentence that says so. */
export function tell(refusal: Refusal): { readonly kind: RefusalKind; readonly message: string } {
  // Entry and refusal have the same code.
  const { kind, says } = refusalTable[refusal.code] as RefusalFacts<Refusal>
  return { kind, message: says(refusal) }
}
