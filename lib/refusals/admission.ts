import { SAMPLE, type RefusalFactsOf } from './told.ts'

/** Why somebody is not let into a sale that has a waiting room in front. */
export type AdmissionRefusal =
  | { readonly code: 'admission-required'; readonly eventKey: string }
  /** Nobody here signed it, or not so. */
  | { readonly code: 'admission-invalid' }
  | { readonly code: 'admission-expired' }
  | { readonly code: 'admission-too-early' }
  | { readonly code: 'admission-for-other-event'; readonly eventKey: string }
  /** As many objects have come to be held under it as it allows, or would be more. */
  | { readonly code: 'admission-used-up' }
  /** No key was made yet to sign any. */
  | { readonly code: 'admission-key-not-made' }

/** How each is told. */
export const admissionRefusals = {
  'admission-required': {
    kind: 'forbidden',
    says: ({ eventKey }) =>
      `Holds of ${eventKey} need an admission token: queue in the waiting room, and send X-Admission-Token`,
    when: 'The event demands an admission token, and none came.',
    sample: { code: 'admission-required', eventKey: SAMPLE.eventKey },
  },
  'admission-invalid': {
    kind: 'forbidden',
    says: () =>
      'The admission token was not signed by this workspace, or can never be taken: queue again',
    when: 'The admission token is not one that a key of the workspace has signed, or it would be good for longer than any may.',
    sample: { code: 'admission-invalid' },
  },
  'admission-expired': {
    kind: 'forbidden',
    says: () => 'The admission token has expired: queue again',
    when: 'The admission token has expired.',
    sample: { code: 'admission-expired' },
  },
  'admission-too-early': {
    kind: 'forbidden',
    says: () => 'The admission token is not good yet: wait for its time',
    when: 'The admission token is not good yet.',
    sample: { code: 'admission-too-early' },
  },
  'admission-for-other-event': {
    kind: 'forbidden',
    says: ({ eventKey }) =>
      `The admission token does not let into ${eventKey}: queue for that event`,
    when: 'The admission token is for other events.',
    sample: { code: 'admission-for-other-event', eventKey: SAMPLE.eventKey },
  },
  'admission-used-up': {
    kind: 'forbidden',
    says: () => 'The admission token allows no more objects: book what is held, or queue again',
    when: 'More objects would have come to be held under the admission token, those that were let go again included, than its quota allows.',
    sample: { code: 'admission-used-up' },
  },
  'admission-key-not-made': {
    kind: 'missing',
    says: () => 'This workspace has no admission key yet: make one by a rotation',
    when: 'No admission key was made in the workspace yet.',
    sample: { code: 'admission-key-not-made' },
  },
} as const satisfies RefusalFactsOf<AdmissionRefusal>

/** All that a hold may be refused for at the door. */
export const admissionCodes = [
  'admission-required',
  'admission-invalid',
  'admission-expired',
  'admission-too-early',
  'admission-for-other-event',
  'admission-used-up',
] as const satisfies AdmissionRefusal['code'][]
