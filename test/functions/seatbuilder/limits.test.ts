import { describe, expect, test } from 'vitest'
import { JSON_DEPTH_MAX, jsonValuesMax } from '../../../lib/http/json.ts'
import { ISSUES_MAX } from '../../../lib/http/parse.ts'
import * as shapes from '../../../lib/seatbuilder/fields.ts'
import { labelsOf, openScene, TOKEN } from '../../support/scene.ts'
import {
  BODY_BYTES_MAX,
  DRAWING_BYTES_MAX,
  EXTRA_DATA_BYTES_MAX,
} from '../../../lib/limits/limits.ts'

const hold = { objectLabel: 'A-1', holdToken: TOKEN }
const book = { objectLabels: ['A-1'], holdToken: TOKEN }

describe('limits, below, at and above', () => {
  const text = (length: number) => 'x'.repeat(length)
  const json = (size: number) => ({ v: text(size - '{"v":""}'.length) })

  test.each([
    [
      'a hold token',
      'hold',
      (n: number) => ({ ...hold, holdToken: text(n) }),
      shapes.HOLD_TOKEN_LENGTH_MAX,
    ],
    [
      'a token on book',
      'book',
      (n: number) => ({ ...book, holdToken: text(n) }),
      shapes.HOLD_TOKEN_LENGTH_MAX,
    ],
    ['a label', 'hold', (n: number) => ({ ...hold, objectLabel: text(n) }), 200],
    [
      'a hold in seconds',
      'hold',
      (n: number) => ({ ...hold, ttlSeconds: n }),
      shapes.HOLD_TTL_SECONDS_MAX,
    ],
    [
      'an extension in seconds',
      'extend',
      (n: number) => ({ holdToken: TOKEN, ttlSeconds: n }),
      shapes.EXTEND_TTL_SECONDS_MAX,
    ],
    [
      'extra data in bytes',
      'hold',
      (n: number) => ({ ...hold, extraData: json(n) }),
      EXTRA_DATA_BYTES_MAX,
    ],
    [
      'labels to extend',
      'extend',
      (n: number) => ({ holdToken: TOKEN, labels: labelsOf('A', 1, n) }),
      shapes.LABELS_MAX,
    ],
    [
      'labels to book',
      'book',
      (n: number) => ({ ...book, objectLabels: labelsOf('A', 1, n) }),
      shapes.LABELS_MAX,
    ],
    [
      'labels to release',
      'release',
      (n: number) => ({ objectLabels: labelsOf('A', 1, n) }),
      shapes.LABELS_MAX,
    ],
  ])('%s', async (_, verb, body, max) => {
    const { api, seats } = await openScene()
    expect((await api(`POST ${seats}/${verb}`, body(max - 1))).status).not.toBe(400)
    expect((await api(`POST ${seats}/${verb}`, body(max))).status).not.toBe(400)
    const above = await api(`POST ${seats}/${verb}`, body(max + 1))
    expect(above.status).toBe(400)
    expect(JSON.stringify(above.body['errors'])).toContain(String(max))
  })

  test('extra data that only exceeds its limit when merged is refused at booking', async () => {
    const { api, seats } = await openScene()
    const extraData = { a: text(3_000) }
    await api(`POST ${seats}/hold`, { ...hold, extraData })
    const merged = (length: number) =>
      api(`POST ${seats}/book`, { ...book, extraData: { b: text(length) } })
    const room = EXTRA_DATA_BYTES_MAX - JSON.stringify({ ...extraData, b: '' }).length
    const above = await merged(room + 1)
    expect(above).toMatchObject({
      status: 400,
      body: { errors: { extraData: [expect.any(String)] } },
    })
    expect((await merged(room)).status).toBe(200)
  })

  test('nesting of a body', async () => {
    const { api, seats } = await openScene()
    const nested = (levels: number) =>
      `{"objectLabel":"A-1","holdToken":"${TOKEN}","ignored":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`
    const send = (levels: number) => api(`POST ${seats}/hold`, undefined, { raw: nested(levels) })
    expect((await send(JSON_DEPTH_MAX)).status).toBe(200)
    expect((await send(JSON_DEPTH_MAX + 1)).status).toBe(400)
  })

  test('values in a body', async () => {
    const { api, seats } = await openScene()
    const most = jsonValuesMax(BODY_BYTES_MAX)
    // The body, its list and two texts are values as well.
    const send = (values: number) => {
      const ignored = Array.from({ length: values - 4 }, () => 1)
      return api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: TOKEN, ignored })
    }
    for (const values of [most - 1, most]) expect((await send(values)).status).toBe(200)
    expect(await send(most + 1)).toMatchObject({
      status: 400,
      body: { errors: { _root: [`JSON must not hold more than ${most} values`] } },
    })
  })

  test('faults that are told', async () => {
    const { api, seats } = await openScene()
    const told = async (faults: number) => {
      const objectLabels = Array.from({ length: faults }, () => 1)
      const { body } = await api(`POST ${seats}/hold`, { objectLabels, holdToken: TOKEN })
      return Object.keys(body['errors'] as object).length
    }
    expect(await told(ISSUES_MAX - 1)).toBe(ISSUES_MAX - 1)
    expect(await told(ISSUES_MAX)).toBe(ISSUES_MAX)
    expect(await told(ISSUES_MAX + 1)).toBe(ISSUES_MAX)
  })

  test('bytes of a body', async () => {
    const { api, seats } = await openScene()
    const padded = (size: number) => JSON.stringify(hold).padEnd(size)
    const send = (size: number) => api(`POST ${seats}/hold`, undefined, { raw: padded(size) })
    expect((await send(BODY_BYTES_MAX)).status).toBe(200)
    expect((await send(BODY_BYTES_MAX + 1)).status).toBe(413)
  })

  test('bytes of a drawing', async () => {
    const { api } = await openScene()
    const send = (size: number) =>
      api('POST /api/v1/charts', { name: 'Hall', draftVersion: json(size) })
    expect((await send(DRAWING_BYTES_MAX)).status).toBe(201)
    const above = await send(DRAWING_BYTES_MAX + 1)
    expect(above).toMatchObject({
      status: 400,
      body: { errors: { draftVersion: [expect.any(String)] } },
    })
  })

  test.each([
    ['chart name', 'POST /api/v1/charts', (n: number) => ({ name: text(n) }), 3, 255],
    [
      'event name',
      'POST /api/v1/events',
      (n: number) => ({ chartKey: 'none', name: text(n) }),
      0,
      255,
    ],
    ['chart key', 'POST /api/v1/events', (n: number) => ({ chartKey: text(n) }), 1, 255],
    [
      'event key',
      'POST /api/v1/events',
      (n: number) => ({ chartKey: 'none', eventKey: text(n) }),
      1,
      100,
    ],
  ] as [string, `${string} /${string}`, (n: number) => object, number, number][])(
    'characters of a %s',
    async (_, request, body, min, max) => {
      const { api } = await openScene()
      if (min > 0) expect((await api(request, body(min - 1))).status).toBe(400)
      for (const length of [min, max])
        expect((await api(request, body(length))).status).not.toBe(400)
      expect((await api(request, body(max + 1))).status).toBe(400)
    },
  )
})
