import type * as z from 'zod'
import { expect, test } from 'vitest'
import { bookSeats } from '../../functions/seatbuilder/seats/book-seats.ts'
import { holdSeats } from '../../functions/seatbuilder/seats/hold-seats.ts'
import { releaseSeats } from '../../functions/seatbuilder/seats/release-seats.ts'
import type { Endpoint } from '../../lib/http/endpoint.ts'
import { LABELS_MAX } from '../../lib/seatbuilder/fields.ts'
import {
  createEventRequest,
  createEventsRequest,
  updateEventRequest,
} from '../../lib/seatsio/events/event-shapes.ts'
import {
  CHANNELS_MAX,
  STATUSES_MAX,
  groupStatusRequest,
} from '../../lib/seatsio/objects/status-shapes.ts'
import { MAP_LABELS_MAX } from '../../lib/seatsio/fields.ts'
import { BUYERS_MAX, buyersRequest } from '../../lib/seatsio/companies/ticket-buyer-shapes.ts'
import { EVENTS_MAX } from '../../lib/limits/limits.ts'

/** A body with a list of so many values in it, and what a list may hold. */
type Listed = readonly [name: string, schema: z.ZodType, max: number, body: (of: number) => object]

const times = <Item>(count: number, item: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => item(index))
const schemaOf = ({ body }: Endpoint): z.ZodType => {
  if (body === undefined) throw new Error('Bug: no body')
  return body
}
const labels = (of: number) => ({
  objectLabels: times(of, (index) => `A-${index}`),
  holdToken: 'token-of-ada',
})
const changing = { objects: ['A-1'], status: 'free', events: ['night'] }
const category = (index: number) => ({ key: index + 1, label: `Of ${index}`, color: '#ffffff' })

const lists: readonly Listed[] = [
  ['labels to hold', schemaOf(holdSeats), LABELS_MAX, labels],
  ['labels to book', schemaOf(bookSeats), LABELS_MAX, labels],
  ['labels to release', schemaOf(releaseSeats), LABELS_MAX, labels],
  [
    'statuses that are allowed before',
    groupStatusRequest,
    STATUSES_MAX,
    (of) => ({ ...changing, allowedPreviousStatuses: times(of, (index) => `of ${index}`) }),
  ],
  [
    'statuses that are rejected before',
    groupStatusRequest,
    STATUSES_MAX,
    (of) => ({ ...changing, rejectedPreviousStatuses: times(of, (index) => `of ${index}`) }),
  ],
  [
    'channels',
    groupStatusRequest,
    CHANNELS_MAX,
    (of) => ({ ...changing, channelKeys: ['NO_CHANNEL', ...times(of - 1, String)] }),
  ],
  [
    'events to create',
    createEventsRequest,
    EVENTS_MAX,
    (of) => ({ chartKey: 'hall', events: times(of, (index) => ({ eventKey: `night-${index}` })) }),
  ],
  [
    'categories of a new event',
    createEventRequest,
    1_000,
    (of) => ({ chartKey: 'hall', categories: times(of, category) }),
  ],
  [
    'categories of an event',
    updateEventRequest,
    1_000,
    (of) => ({ categories: times(of, category) }),
  ],
  [
    'ids of ticket buyers',
    buyersRequest,
    BUYERS_MAX,
    (of) => ({
      ids: times(of, (index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`),
    }),
  ],
]

test.each(lists)(
  '%s: as many as one request may name, and not one more',
  (_, schema, max, body) => {
    for (const below of [max - 1, max]) {
      expect([below, schema.safeParse(body(below)).error?.issues]).toEqual([below, undefined])
    }
    expect(schema.safeParse(body(max + 1)).error?.issues).toMatchObject([{ code: 'too_big' }])
  },
)

/** A map with so many labels, each of which is of that length. */
const mapped = <Value>(count: number, length: number, value: Value) =>
  Object.fromEntries(times(count, (index) => [String(index).padStart(length, 'A'), value]))

const maps: readonly [
  name: string,
  schema: z.ZodType,
  body: (count: number, length: number) => object,
][] = [
  [
    'categories of objects of a new event',
    createEventRequest,
    (count, length) => ({ chartKey: 'hall', objectCategories: mapped(count, length, 1) }),
  ],
  [
    'categories of objects of events that are created together',
    createEventsRequest,
    (count, length) => ({
      chartKey: 'hall',
      events: [{ objectCategories: mapped(count, length, 1) }],
    }),
  ],
  [
    'categories of objects of an event',
    updateEventRequest,
    (count, length) => ({ objectCategories: mapped(count, length, 1) }),
  ],
  [
    'tables of an event',
    updateEventRequest,
    (count, length) => ({
      tableBookingConfig: { mode: 'CUSTOM', tables: mapped(count, length, 'BY_SEAT') },
    }),
  ],
]

test.each(maps)('%s: a map has a limit of labels, and of their length', (_, schema, body) => {
  const issues = (count: number, length: number) =>
    schema.safeParse(body(count, length)).error?.issues.map(({ message }) => message)
  for (const count of [MAP_LABELS_MAX - 1, MAP_LABELS_MAX]) {
    expect(issues(count, 5)).toBeUndefined()
  }
  expect(issues(MAP_LABELS_MAX + 1, 5)).toEqual(['At most 50000 labels are allowed'])
  for (const length of [199, 200]) expect(issues(1, length)).toBeUndefined()
  expect(issues(1, 201)).toEqual(['A label must not be longer than 200 characters'])
})

test('a label may be called as what objects have, and keeps its limits', () => {
  const sent: unknown = JSON.parse('{ "objectCategories": { "__proto__": 1, "toString": 2 } }')
  const read = updateEventRequest.parse(sent)
  expect(JSON.stringify(read)).toBe('{"objectCategories":{"__proto__":1,"toString":2}}')
  const wrong: unknown = JSON.parse('{ "objectCategories": { "__proto__": [] } }')
  expect(updateEventRequest.safeParse(wrong).success).toBe(false)
})
