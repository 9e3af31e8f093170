import type { AdmissionRefusal } from './refusals/admission.ts'
import type { BestRefusal } from './refusals/best-available.ts'
import type { ChartRefusal } from './refusals/charts.ts'
import type { CompanyRefusal } from './refusals/companies.ts'
import type { EventRefusal } from './refusals/events.ts'
import type { SaleRefusal } from './refusals/seats.ts'
import type { WebhookRefusal } from './refusals/webhooks.ts'

/** Every way in which an action says no, each with its sentence in `refusals/`. Surfaces may have words of their own. */
export type Refusal =
  | AdmissionRefusal
  | BestRefusal
  | ChartRefusal
  | CompanyRefusal
  | EventRefusal
  | SaleRefusal
  | WebhookRefusal

/** One of them, by its code. */
export type RefusalOf<Code extends Refusal['code']> = Extract<Refusal, { code: Code }>

/** What an action answers instead of a result. */
export interface Refused {
  readonly ok: false
  readonly refusal: Refusal
}

/** What an action answers: its result, or why not. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | Refused

/** Makes a refusal the answer. */
export function refuse(refusal: Refusal): Refused {
  return { ok: false, refusal }
}

/** Makes a result the answer. */
export function succeed<T>(value: T): Outcome<T> & { readonly ok: true } {
  return { ok: true, value }
}
