import { SAMPLE, type RefusalFactsOf } from './told.ts'

/** What is refused of webhooks. */
export type WebhookRefusal =
  | { readonly code: 'webhook-not-found'; readonly endpointId: string }
  | { readonly code: 'webhook-url-refused'; readonly reason: string }
  /** The workspace has as many as one may have. */
  | { readonly code: 'webhook-limit-reached'; readonly webhooksMax: number }
  /** The event bus takes no further rule. */
  | { readonly code: 'too-many-webhooks' }
  | { readonly code: 'webhook-disabled'; readonly endpointId: string }
  | { readonly code: 'delivery-not-found'; readonly deliveryId: string }
  /** It is on its way, or waits for another attempt. */
  | { readonly code: 'delivery-under-way'; readonly deliveryId: string }
  /** It has been tried as often as its record has room for. */
  | { readonly code: 'too-many-attempts'; readonly deliveryId: string }
  /** The log of deliveries has none in the range that was given. */
  | { readonly code: 'nothing-to-replay'; readonly endpointId: string }
  | { readonly code: 'too-many-deliveries'; readonly deliveriesMax: number }

/** How each is told. */
export const webhookRefusals = {
  'webhook-not-found': {
    kind: 'missing',
    says: ({ endpointId }) => `Webhook not found: ${endpointId}`,
    when: 'There is no such webhook in the workspace of the key.',
    sample: { code: 'webhook-not-found', endpointId: SAMPLE.endpointId },
  },
  'webhook-url-refused': {
    kind: 'invalid',
    says: ({ reason }) => `Webhooks may not go to this URL: ${reason}`,
    when: 'Webhooks may not go to this URL.',
    sample: { code: 'webhook-url-refused', reason: 'Must begin with https://' },
  },
  'webhook-limit-reached': {
    kind: 'conflict',
    says: ({ webhooksMax }) =>
      `The workspace has ${webhooksMax} webhooks, as many as one may have by the setting webhooks.perWorkspaceMax: delete one first`,
    when: 'The workspace has as many webhooks as one may have.',
    sample: { code: 'webhook-limit-reached', webhooksMax: 20 },
  },
  'too-many-webhooks': {
    kind: 'conflict',
    says: () =>
      'The event bus takes no further rule, and each webhook is one: delete a webhook or a rule first',
    when: 'The event bus takes no further rule.',
    sample: { code: 'too-many-webhooks' },
  },
  'webhook-disabled': {
    kind: 'conflict',
    says: ({ endpointId }) => `Webhook ${endpointId} is disabled: enable it first`,
    when: 'The webhook is disabled.',
    sample: { code: 'webhook-disabled', endpointId: SAMPLE.endpointId },
  },
  'delivery-not-found': {
    kind: 'missing',
    says: ({ deliveryId }) => `Delivery not found: ${deliveryId}`,
    when: 'There is no such delivery in the log of the webhook.',
    sample: { code: 'delivery-not-found', deliveryId: SAMPLE.deliveryId },
  },
  'delivery-under-way': {
    kind: 'conflict',
    says: ({ deliveryId }) =>
      `Delivery ${deliveryId} is under way: it is sent without being asked again`,
    when: 'The delivery is under way, or waits for another attempt.',
    sample: { code: 'delivery-under-way', deliveryId: SAMPLE.deliveryId },
  },
  'too-many-attempts': {
    kind: 'conflict',
    says: ({ deliveryId }) => `Delivery ${deliveryId} was attempted too often to be sent again`,
    when: 'The delivery was attempted as often as is kept.',
    sample: { code: 'too-many-attempts', deliveryId: SAMPLE.deliveryId },
  },
  'nothing-to-replay': {
    kind: 'conflict',
    says: ({ endpointId }) => `Webhook ${endpointId} has no delivery of a notice in this range`,
    when: 'The log has no delivery of a notice in that range.',
    sample: { code: 'nothing-to-replay', endpointId: SAMPLE.endpointId },
  },
  'too-many-deliveries': {
    kind: 'invalid',
    says: ({ deliveriesMax }) =>
      `One request sends at most ${deliveriesMax} deliveries again, and there are more in this range`,
    when: 'The range has more deliveries than one request sends again.',
    sample: { code: 'too-many-deliveries', deliveriesMax: 10_000 },
  },
} as const satisfies RefusalFactsOf<WebhookRefusal>
