/** What kind of no: each surface has one status for each. */
export type RefusalKind = 'missing' | 'conflict' | 'invalid' | 'forbidden' | 'busy' | 'slow'

/** What is known of one refusal wherever it is told. */
export interface RefusalFacts<Refused extends { readonly code: string }> {
  readonly kind: RefusalKind
  /** The sentence for callers of every surface that has none of its own. */
  readonly says: (refusal: Refused) => string
  /** When it happens, for the documents. */
  readonly when: string
  /** One such refusal, for the documents; of an endpoint at this path, where that makes a difference. */
  readonly sample: Refused | ((path: string) => Refused)
}

/** One entry for each code of a union of refusals. */
export type RefusalFactsOf<Refused extends { readonly code: string }> = {
  readonly [Code in Refused['code']]: RefusalFacts<Extract<Refused, { code: Code }>>
}

/** What the samples are about. */
export const SAMPLE = {
  chartKey: 'chart_5f1d0e7a2b9c4d38',
  eventKey: 'evt_demo',
  seasonKey: 'season-27',
  workspaceKey: '4c1d7f0e-2b8a-4e6d-9f31-7a5c0d9e8b62',
  endpointId: 'wh_c30b9a51d07e42f8',
  deliveryId: 'wd_0001b3a7c5e690aa12b4c6d8e0f1a3b5c7d9e1f20384',
} as const
