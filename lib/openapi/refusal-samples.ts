import type { Refusal } from '../refusals.ts'
import type { Endpoint } from '../http/endpoint.ts'

// When each refusal happens, and what it looks like: the documents show it.

type RefusalOf<Code extends Refusal['code']> = Extract<Refusal, { code: Code }>

/** One way in which something fails, with a sentence on when. */
export interface Told<Sample> {
  readonly when: string
  readonly sample: Sample
}

/** A request as errors tell of it. */
export const sampleRequest = {
  requestId: '0f0f2f9a-5a0f-4e0c-b4f9-d4d1b7a8d6c1',
  workspaceKey: '4c1d7f0e-2b8a-4e6d-9f31-7a5c0d9e8b62',
}

const chartKey = 'chart_5f1d0e7a2b9c4d38'
const eventKey = 'evt_demo'

const endpointId = 'wh_c30b9a51d07e42f8'
const deliveryId = 'wd_0001b3a7c5e690aa12b4c6d8e0f1a3b5c7d9e1f20384'

/** When each refusal happens, and one such refusal. */
export const refused: { [Code in Refusal['code']]: (endpoint: Endpoint) => Told<RefusalOf<Code>> } =
  {
    'event-not-found': () => ({
      when: 'There is no such event in the workspace of the key.',
      sample: { code: 'event-not-found', eventKey },
    }),
    'chart-not-found': () => ({
      when: 'There is no such chart in the workspace of the key.',
      sample: { code: 'chart-not-found', chartKey },
    }),
    'layout-not-found': () => ({
      when: 'The chart is not published.',
      sample: { code: 'layout-not-found', chartKey },
    }),
    'chart-not-published': () => ({
      when: 'The chart is not published.',
      sample: { code: 'chart-not-published', chartKey },
    }),
    'chart-has-events': () => ({
      when: 'Events are bound to the chart.',
      sample: { code: 'chart-has-events', chartKey, events: 1 },
    }),
    'chart-not-publishable': () => ({
      when: 'The objects of the draft cannot be told apart, or there are none or too many.',
      sample: {
        code: 'chart-not-publishable',
        faults: [{ code: 'duplicate-label', label: 'A-1' }],
        total: 1,
      },
    }),
    'drawing-invalid': ({ path }) => ({
      when: 'The drawing breaks a rule that the account takes for an error.',
      sample: {
        code: 'drawing-invalid',
        chartKey,
        version: path.includes('/draft/') ? 'draft' : 'published',
        errors: ['VALIDATE_DUPLICATE_LABELS'],
        warnings: ['VALIDATE_FOCAL_POINT'],
      },
    }),
    'drawing-too-large': () => ({
      when: 'The drawing would become too large.',
      sample: { code: 'drawing-too-large', bytesMax: 4_194_304 },
    }),
    'chart-archived': () => ({
      when: 'The chart is in the archive already.',
      sample: { code: 'chart-archived', chartKey },
    }),
    'chart-not-archived': () => ({
      when: 'The chart is not in the archive.',
      sample: { code: 'chart-not-archived', chartKey },
    }),
    'tag-not-found': () => ({
      when: 'The chart does not have this tag.',
      sample: { code: 'tag-not-found', chartKey, tag: 'indoor' },
    }),
    'too-many-tags': () => ({
      when: 'The chart has as many tags as it may have.',
      sample: { code: 'too-many-tags', tagsMax: 100 },
    }),
    'category-not-found': () => ({
      when: 'The chart has no such category.',
      sample: { code: 'category-not-found', categoryKey: '1' },
    }),
    'category-key-taken': () => ({
      when: 'The chart has a category with this key.',
      sample: { code: 'category-key-taken', categoryKey: '1' },
    }),
    'too-many-categories': () => ({
      when: 'The chart has as many categories as it may have.',
      sample: { code: 'too-many-categories', categoriesMax: 1_000 },
    }),
    'event-key-taken': () => ({
      when: 'Another event has this key.',
      sample: { code: 'event-key-taken', eventKey },
    }),
    'channel-not-found': () => ({
      when: 'The event has no such channel.',
      sample: { code: 'channel-not-found', channelKey: 'sponsors' },
    }),
    'channel-taken': () => ({
      when: 'Another channel of the event has this key, or this name.',
      sample: { code: 'channel-taken', what: 'key', word: 'sponsors' },
    }),
    'too-many-channels': () => ({
      when: 'The event would have more channels than one may have.',
      sample: { code: 'too-many-channels', channelsMax: 1_000 },
    }),
    'event-has-bookings': () => ({
      when: 'The event has booked objects.',
      sample: { code: 'event-has-bookings', eventKey, booked: 2 },
    }),
    'record-busy': ({ path }) => ({
      when: 'Others keep changing it: nothing was done, try again.',
      sample: { code: 'record-busy', ...recordOf(path) },
    }),
    'store-slow': () => ({
      when: 'The store took too long, and nobody else was in the way: nothing was changed.',
      sample: { code: 'store-slow', retryAfterSeconds: 10 },
    }),
    'workspace-not-found': () => ({
      when: 'There is no such workspace.',
      sample: { code: 'workspace-not-found', workspaceId: 'demo-test' },
    }),
    'workspace-is-default': () => ({
      when: "It is the company's default workspace.",
      sample: { code: 'workspace-is-default', workspaceKey: sampleRequest.workspaceKey },
    }),
    'workspace-is-active': () => ({
      when: 'It is active.',
      sample: { code: 'workspace-is-active', workspaceKey: sampleRequest.workspaceKey },
    }),
    'workspace-is-inactive': () => ({
      when: 'It is not active.',
      sample: { code: 'workspace-is-inactive', workspaceKey: sampleRequest.workspaceKey },
    }),
    'key-not-found': () => ({
      when: 'There is no such key.',
      sample: { code: 'key-not-found', keyId: 'demo-secret' },
    }),
    'webhook-not-found': () => ({
      when: 'There is no such webhook in the workspace of the key.',
      sample: { code: 'webhook-not-found', endpointId },
    }),
    'webhook-url-refused': () => ({
      when: 'Webhooks may not go to this URL.',
      sample: { code: 'webhook-url-refused', reason: 'Must begin with https://' },
    }),
    'webhook-limit-reached': () => ({
      when: 'The workspace has as many webhooks as one may have.',
      sample: { code: 'webhook-limit-reached', webhooksMax: 20 },
    }),
    'too-many-webhooks': () => ({
      when: 'The event bus takes no further rule.',
      sample: { code: 'too-many-webhooks' },
    }),
    'webhook-disabled': () => ({
      when: 'The webhook is disabled.',
      sample: { code: 'webhook-disabled', endpointId },
    }),
    'delivery-not-found': () => ({
      when: 'There is no such delivery in the log of the webhook.',
      sample: { code: 'delivery-not-found', deliveryId },
    }),
    'delivery-under-way': () => ({
      when: 'The delivery is under way, or waits for another attempt.',
      sample: { code: 'delivery-under-way', deliveryId },
    }),
    'too-many-attempts': () => ({
      when: 'The delivery was attempted as often as is kept.',
      sample: { code: 'too-many-attempts', deliveryId },
    }),
    'nothing-to-replay': () => ({
      when: 'The log has no delivery of a notice in that range.',
      sample: { code: 'nothing-to-replay', endpointId },
    }),
    'too-many-deliveries': () => ({
      when: 'The range has more deliveries than one request sends again.',
      sample: { code: 'too-many-deliveries', deliveriesMax: 10_000 },
    }),
    'booking-not-allowed': () => ({
      when: 'The workspace leaves booking to secret keys, and the key is a publishable one.',
      sample: { code: 'booking-not-allowed' },
    }),
    'too-many-live-holds': () => ({
      when: 'The publishable key holds as many objects as the workspace allows it for one address.',
      sample: { code: 'too-many-live-holds', liveHoldsMax: 20 },
    }),
    'release-needs-token': () => ({
      when: 'A publishable key was sent without a hold token.',
      sample: { code: 'release-needs-token' },
    }),
    'too-many-objects': () => ({
      when: 'More objects than one request may change.',
      sample: { code: 'too-many-objects', objects: 1_200, objectsMax: 1_000 },
    }),
    'hold-token-not-found': () => ({
      when: 'There is no such hold token in the workspace of the key, or it has expired.',
      sample: { code: 'hold-token-not-found', holdToken: 'k3JxQ0aZ7b' },
    }),
    'hold-token-unknown': () => ({
      when: 'The hold token is unknown in the workspace of the key, or has expired.',
      sample: { code: 'hold-token-unknown', holdToken: 'k3JxQ0aZ7b' },
    }),
    'hold-token-required': () => ({
      when: 'A hold was asked for without a hold token.',
      sample: { code: 'hold-token-required' },
    }),
    'hold-token-too-long': () => ({
      when: 'The token would live more than two hours from its creation.',
      sample: { code: 'hold-token-too-long', lifeMsMax: 7_200_000 },
    }),
    'charts-differ': () => ({
      when: 'The events are of different charts.',
      sample: { code: 'charts-differ' },
    }),
    'status-refused': () => ({
      when: 'An object refuses the change; nothing was changed.',
      sample: {
        code: 'status-refused',
        eventKey,
        label: 'S-A-10',
        reason: 'seat-booked',
        from: 'booked',
        to: 'booked',
      },
    }),
    'object-not-found': () => ({
      when: 'There is no such object in the event.',
      sample: { code: 'object-not-found', eventKey, label: 'Z-1' },
    }),
    'seats-refused': () => ({
      when: 'At least one object refuses the change; nothing was changed.',
      sample: {
        code: 'seats-refused',
        change: 'hold',
        seats: [{ eventId: '', label: 'S-A-10', code: 'held-by-another' }],
      },
    }),
  }

/** What an endpoint of that path changes. */
function recordOf(path: string): Pick<RefusalOf<'record-busy'>, 'what' | 'key'> {
  if (path.includes('{eventKey}')) return { what: 'event', key: eventKey }
  if (path.includes('/webhooks')) return { what: 'webhook', key: endpointId }
  if (path.startsWith('/workspaces')) {
    return { what: 'workspace', key: sampleRequest.workspaceKey }
  }
  if (path.startsWith('/accounts')) return { what: 'company', key: 'demo' }
  return { what: 'chart', key: chartKey }
}

/** The other way in which seats refuse: by being in others' hands, which a surface may tell with a status of its own. */
export const seatsBusy: Told<RefusalOf<'seats-refused'>> = {
  when: 'Others kept changing the objects: nothing was changed, try again.',
  sample: {
    code: 'seats-refused',
    change: 'hold',
    seats: [{ eventId: '', label: 'S-A-10', code: 'busy' }],
  },
}
