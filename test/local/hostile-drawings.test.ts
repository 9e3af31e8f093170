import { expect, test } from 'vitest'
import { demoKeys } from '../../local/demo/seed-demo.ts'
import { send } from '../support/http.ts'
import { startProduct } from '../support/product.ts'
import { DRAWING_BYTES_MAX } from '../../lib/limits/limits.ts'

const bytes = DRAWING_BYTES_MAX - 1_000

/** A list of somewhat less than the largest drawing. */
function listOf(value: string): string {
  const count = Math.floor(bytes / (value.length + 1)) - 100
  return `[${`${value},`.repeat(count)}${value}]`
}

const inRow = (seats: string) => `{"subChart":{"rows":[{"label":"A","seats":${seats}}]}}`
const inArea = (points: string) =>
  `{"subChart":{"generalAdmissionAreas":[{"label":"L","capacity":1,"points":${points}}]}}`

const drawings: Readonly<Record<string, string>> = {
  'seats without anything': inRow(listOf('{}')),
  'seats that are numbers': inRow(listOf('7')),
  'seats of one name': inRow(listOf('{"label":"1","x":1,"y":1}')),
  'rows without anything': `{"subChart":{"rows":${listOf('{}')}}}`,
  'tables without seats': `{"subChart":{"tables":${listOf('{"label":"T"}')}}}`,
  'an outline without end': inArea(listOf('{"x":1,"y":2}')),
  'categories without end': `{"categories":{"list":${listOf('{"key":1}')}},"subChart":{}}`,
  'branches below forty levels': `{"subChart":${'['.repeat(40)}${listOf('[]')}${']'.repeat(40)}}`,
}

/** What a Lambda function of 1 GB leaves for objects. */
const HEAP_MB = 768

test('no drawing of legal size takes more memory than a function has, nor an answer of the product', async () => {
  const env = { NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` }
  const url = String(await startProduct([], { env }).url)
  const post = (path: string, body: string) =>
    send(url, path, { method: 'POST', body, headers: { 'X-Api-Key': demoKeys.secret } })
  for (const [name, drawing] of Object.entries(drawings)) {
    const made = await post('/api/v1/charts', `{"name":"Hostile","draftVersion":${drawing}}`)
    expect([name, made.status]).toEqual([name, expect.toBeOneOf([201, 400, 413])])
    if (made.status !== 201) continue
    const { chartKey } = JSON.parse(made.body.toString()) as { chartKey: string }
    const published = await post(`/api/v1/charts/${chartKey}/publish`, '')
    expect([name, published.status]).toEqual([name, expect.toBeOneOf([200, 400, 409, 422])])
    const picture = await send(url, `/charts/${chartKey}/version/draft/thumbnail`, {
      headers: { Authorization: `Basic ${btoa(`${demoKeys.secret}:`)}` },
    })
    expect([name, picture.status < 500]).toEqual([name, true])
  }
  expect((await send(url, '/health')).status).toBe(200)
})
