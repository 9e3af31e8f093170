import { describe, expect, test } from 'vitest'
import { rowDrawing } from '../../support/drawings.ts'
import { openScene, TOKEN } from '../../support/scene.ts'

const hold = { objectLabel: 'A-1', holdToken: TOKEN }
const book = { objectLabels: ['A-1'], holdToken: TOKEN }

/** Bodies that must be refused: where, what, the field that the answer names, and the words if the contract fixes them. */
const refused: [verb: string, body: unknown, field: string, words?: string][] = [
  ['hold', undefined, '_root', 'Required'],
  ['hold', null, '_root', 'Expected object, received null'],
  ['hold', [], '_root', 'Expected object, received array'],
  ['hold', 'text', '_root', 'Expected object, received string'],
  ['hold', {}, 'holdToken', 'Required'],
  ['hold', { holdToken: TOKEN }, 'objectLabel', 'Required'],
  ['hold', { ...hold, objectLabel: 7 }, 'objectLabel', 'Expected string, received number'],
  ['hold', { ...hold, objectLabel: null }, 'objectLabel', 'Expected string, received null'],
  [
    'hold',
    { ...hold, objectLabel: '' },
    'objectLabel',
    'String must contain at least 1 character(s)',
  ],
  ['hold', { ...hold, objectLabel: '\ud800' }, 'objectLabel'],
  ['hold', { ...hold, objectLabels: ['A-1'] }, 'objectLabels'],
  [
    'hold',
    { ...hold, holdToken: '1234567' },
    'holdToken',
    'String must contain at least 8 character(s)',
  ],
  ['hold', { ...hold, holdToken: ['12345678'] }, 'holdToken', 'Expected string, received array'],
  ['hold', { ...hold, holdToken: '\udfff2345678' }, 'holdToken'],
  ['hold', { ...hold, ttlSeconds: 0 }, 'ttlSeconds', 'Number must be greater than 0'],
  ['hold', { ...hold, ttlSeconds: -1 }, 'ttlSeconds', 'Number must be greater than 0'],
  ['hold', { ...hold, ttlSeconds: 1.5 }, 'ttlSeconds', 'Expected integer, received float'],
  ['hold', { ...hold, ttlSeconds: '60' }, 'ttlSeconds', 'Expected number, received string'],
  ['hold', { ...hold, ttlSeconds: 1e300 }, 'ttlSeconds'],
  [
    'hold',
    { ...hold, ttlSeconds: 7_201 },
    'ttlSeconds',
    'Number must be less than or equal to 7200',
  ],
  ['hold', { ...hold, extraData: [] }, 'extraData'],
  ['hold', { ...hold, extraData: 'x' }, 'extraData'],
  ['hold', { ...hold, extraData: null }, 'extraData'],
  ['hold', { ...hold, extraData: { n: 2 ** 53 } }, 'extraData.n'],
  ['hold', { ...hold, objectType: 'seat' }, 'objectType'],
  ['hold', { ...hold, quantity: 2 }, 'quantity', 'Only valid with objectType generalAdmission'],
  ['hold', { ...hold, objectType: 'generalAdmission', quantity: 0 }, 'quantity'],
  ['hold', { ...hold, objectType: 'generalAdmission', quantity: 1.5 }, 'quantity'],
  ['hold', { ...hold, objectType: 'generalAdmission', quantity: 1_000_001 }, 'quantity'],
  [
    'hold',
    { holdToken: TOKEN, objectLabels: ['A-1'], objectType: 'generalAdmission' },
    'objectType',
    'Give it with objectLabel, for one area',
  ],
  ['hold', { ...hold, categoryKey: 9 }, 'categoryKey', 'Expected string, received number'],
  [
    'hold',
    { holdToken: TOKEN, objectLabels: [] },
    'objectLabels',
    'Array must contain at least 1 element(s)',
  ],
  [
    'hold',
    { holdToken: TOKEN, objectLabels: 'A-1' },
    'objectLabels',
    'Expected array, received string',
  ],
  [
    'hold',
    { holdToken: TOKEN, objectLabels: ['A-1', 2] },
    'objectLabels.1',
    'Expected string, received number',
  ],
  [
    'hold',
    { holdToken: TOKEN, objectLabels: ['A-1', 'A-2', 'A-1'] },
    'objectLabels.2',
    'Repeated label: A-1',
  ],
  ['extend', {}, 'holdToken', 'Required'],
  ['extend', { holdToken: TOKEN, labels: [] }, 'labels'],
  ['extend', { holdToken: TOKEN, labels: ['A-1', 'A-1'] }, 'labels.1', 'Repeated label: A-1'],
  [
    'extend',
    { holdToken: TOKEN, ttlSeconds: 3_601 },
    'ttlSeconds',
    'Number must be less than or equal to 3600',
  ],
  ['book', { holdToken: TOKEN }, 'objectLabels', 'Required'],
  ['book', { ...book, holdToken: '' }, 'holdToken', 'String must contain at least 1 character(s)'],
  ['book', { objectLabels: ['A-1'] }, 'holdToken', 'Required'],
  ['book', { ...book, objectLabels: ['A-1', 'A-1'] }, 'objectLabels.1', 'Repeated label: A-1'],
  [
    'book',
    { ...book, objectLabels: { 0: 'A-1' } },
    'objectLabels',
    'Expected array, received object',
  ],
  ['release', {}, 'objectLabels', 'Required'],
  [
    'release',
    { objectLabels: ['A-1'], holdToken: 5 },
    'holdToken',
    'Expected string, received number',
  ],
  ['release', { objectLabels: [null] }, 'objectLabels.0', 'Expected string, received null'],
]

describe('a body that is refused names the field and changes nothing', () => {
  test.each(refused)('%s %j', async (verb, body, field, words) => {
    const { api, seats, calls } = await openScene()
    const answer = await api(`POST ${seats}/${verb}`, body)
    expect(answer.status).toBe(400)
    const errors = answer.body['errors'] as Record<string, string[]>
    expect(Object.keys(errors)).toContain(field)
    if (words !== undefined) expect(errors[field]).toContain(words)
    expect(calls.count().writes).toBe(0)
  })
})

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)))

test.each([
  ['malformed JSON', '{"objectLabel": ', 'Malformed JSON'],
  ['two JSON values', '{} {}', 'Malformed JSON'],
  [
    'invalid UTF-8',
    bytes('{"objectLabel":"A-1","holdToken":"', [0xff, 0xfe], '12345678"}'),
    'The body is not well-formed UTF-8',
  ],
  ['a hundred thousand levels', '['.repeat(100_000) + ']'.repeat(100_000), undefined],
])('%s is refused', async (_, raw, words) => {
  const { api, seats, calls } = await openScene()
  const answer = await api(`POST ${seats}/hold`, undefined, { raw })
  expect(answer.status).toBe(400)
  if (words !== undefined) expect(answer.body['errors']).toEqual({ _root: [words] })
  expect(calls.count().writes).toBe(0)
})

test('all faults of a request are told at once', async () => {
  const { api, seats } = await openScene()
  const body = { objectLabel: 5, holdToken: 'x', ttlSeconds: 0 }
  const answer = await api(`POST ${seats}/hold`, body)
  expect(Object.keys(answer.body['errors'] as object)).toEqual([
    'objectLabel',
    'holdToken',
    'ttlSeconds',
  ])
})

test('labels with slashes, percent signs, quotes, emoji and prototype names are plain labels', async () => {
  const odd = [
    '1/2',
    '%2F',
    ' ',
    `'"`,
    '🎭',
    '__proto__',
    'constructor',
    'toString',
    '-',
    '#',
    '\u0000',
    '\\',
  ]
  const drawing = rowDrawing({
    plane: {
      rows: [{ label: 'R', seats: odd.map((label, x) => ({ x, y: 0, label, categoryKey: 1 })) }],
    },
  })
  const { api, seats, eventKey } = await openScene(drawing)
  const objectLabels = odd.map((label) => `R-${label}`)
  expect((await api(`POST ${seats}/hold`, { objectLabels, holdToken: TOKEN })).status).toBe(200)
  expect(
    (await api(`POST ${seats}/extend`, { labels: objectLabels, holdToken: TOKEN })).body[
      'extended'
    ],
  ).toHaveLength(odd.length)
  expect((await api(`POST ${seats}/book`, { objectLabels, holdToken: TOKEN })).status).toBe(200)
  const status = await api(`GET /api/v1/events/${eventKey}/status`)
  const shown = (status.body['objects'] as { objectLabel: string }[]).map(
    (seat) => seat.objectLabel,
  )
  expect(new Set(shown)).toEqual(new Set(objectLabels))
  expect((await api(`POST ${seats}/release`, { objectLabels })).status).toBe(200)
})

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'a label named %s that is not on the chart is not found',
  async (objectLabel) => {
    const { api, seats } = await openScene()
    const answer = await api(`POST ${seats}/hold`, { objectLabel, holdToken: TOKEN })
    expect(answer.body).toMatchObject({ failed: [{ objectLabel, reason: 'not_found' }] })
  },
)

test('extra data comes back as it went in, whatever its fields are called', async () => {
  const { api, seats, eventKey } = await openScene()
  const text =
    '{"__proto__":{"x":1},"constructor":null,"":0,"n":9007199254740991,"f":0.1,"s":"\\ud800"}'
  const raw = `{"objectLabel":"A-1","holdToken":"${TOKEN}","extraData":${text}}`
  expect((await api(`POST ${seats}/hold`, undefined, { raw })).status).toBe(200)
  const status = await api(`GET /api/v1/events/${eventKey}/status`)
  const [seat] = status.body['objects'] as { extraData: object }[]
  expect(JSON.stringify(seat?.extraData)).toBe(text)
})

test.each([
  ['version=new', "Invalid enum value. Expected 'draft' | 'published', received 'new'"],
  ['version=draft&version=published', "Expected 'draft' | 'published', received array"],
])('the choice ?%s is refused in the words of the contract', async (query, words) => {
  const { api, chartKey } = await openScene()
  const answer = await api(`GET /api/v1/charts/${chartKey}/layout?${query}`)
  expect(answer.body['errors']).toEqual({ version: [words] })
})

test.each([
  ['limit=0', 'limit'],
  ['limit=101', 'limit'],
  ['limit=ten', 'limit'],
  ['limit=1.5', 'limit'],
  ['limit=-1', 'limit'],
  ['limit=1e1', 'limit'],
  ['limit=', 'limit'],
  ['limit=99999999999999999999', 'limit'],
  ['limit=1&limit=2', 'limit'],
  ['page=0', 'page'],
  ['page=1000001', 'page'],
  ['page=%20', 'page'],
])('the query ?%s is refused, naming %s', async (query, field) => {
  const { api } = await openScene()
  for (const list of ['charts', 'events']) {
    const answer = await api(`GET /api/v1/${list}?${query}`)
    expect(answer.status).toBe(400)
    expect(Object.keys(answer.body['errors'] as object)).toEqual([field])
  }
})

test.each([
  ['GET /api/v1/events/%', 400],
  ['GET /api/v1/events/%E0%A4%A/status', 400],
  ['GET /api/v1/events/%FF', 400],
  ['GET /api/v1/charts/%zz', 400],
  ['GET /api/v1/events/a%2Fb', 404],
  ['GET /api/v1/events/__proto__', 404],
  [`GET /api/v1/events/${'x'.repeat(3_000)}`, 400],
  ['GET /api/v1/events/%00', 404],
  ['GET /api/v1/charts/..%2F..', 404],
  ['GET /api/v1/nothing', 404],
  ['GET /api/v1/nothing/%zz', 404],
  ['PUT /api/v1/charts', 404],
  ['GET /api', 404],
  ['GET /api/v1//charts', 404],
  ['GET /api/v1/charts/', 404],
  ['DELETE /api/v1/events', 404],
] as [`${string} /${string}`, number][])('%s answers %i', async (request, status) => {
  const { api } = await openScene()
  expect((await api(request)).status).toBe(status)
})
