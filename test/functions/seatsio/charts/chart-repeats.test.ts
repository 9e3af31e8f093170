import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { describe, expect, test } from 'vitest'
import { rowDrawing } from '../../../support/drawings.ts'
import { openHoldfast, testKeys, testWorkspaceKeys } from '../../../support/holdfast.ts'
import { seatsioEndpoints, seatsioOver } from '../../../support/seatsio.ts'

interface Request {
  readonly request: `${string} /${string}`
  readonly body?: object
  /** 204 unless given. */
  readonly status?: number
  readonly key?: string
}

const PUBLISHED = '/charts/hall/version/published/actions'
const DRAFT = '/charts/hall/version/draft/actions'
const { one, two } = testWorkspaceKeys
const admin = { status: 200, key: testKeys.admin }

/** A request of every endpoint that changes charts, by its method and path. */
const requests: Readonly<Record<string, Request>> = {
  'POST /charts': { request: 'POST /charts', body: { name: 'New' }, status: 200 },
  'POST /charts/{chartKey}': { request: 'POST /charts/hall', body: { name: 'New' } },
  'POST /charts/{chartKey}/categories': {
    request: 'POST /charts/hall/categories',
    body: { key: 9, label: 'Nine' },
  },
  'POST /charts/{chartKey}/categories/{categoryKey}': {
    request: 'POST /charts/hall/categories/1',
    body: { label: 'One' },
  },
  'DELETE /charts/{chartKey}/categories/{categoryKey}': {
    request: 'DELETE /charts/hall/categories/1',
  },
  'POST /charts/{chartKey}/tags/{tag}': { request: 'POST /charts/hall/tags/new' },
  'DELETE /charts/{chartKey}/tags/{tag}': { request: 'DELETE /charts/hall/tags/old' },
  'POST /charts/{chartKey}/actions/move-to-archive': {
    request: 'POST /charts/hall/actions/move-to-archive',
  },
  'POST /charts/{chartKey}/actions/move-out-of-archive': {
    request: 'POST /charts/away/actions/move-out-of-archive',
  },
  ...versionRequests('published', ['copy', 'validate']),
  ...versionRequests('draft', ['copy', 'validate', 'publish', 'discard']),
  'POST /charts/{chartKey}/version/published/actions/copy-to-workspace/{toWorkspaceKey}': {
    request: `POST ${PUBLISHED}/copy-to-workspace/${two}`,
    ...admin,
  },
  'POST /charts/{chartKey}/version/published/actions/copy/from/{fromWorkspaceKey}/to/{toWorkspaceKey}':
    { request: `POST ${PUBLISHED}/copy/from/${one}/to/${two}`, ...admin },
}

function versionRequests(version: 'published' | 'draft', actions: readonly string[]) {
  const where = version === 'draft' ? DRAFT : PUBLISHED
  const entries = actions.map((action): [string, Request] => [
    `POST /charts/{chartKey}/version/${version}/actions/${action}`,
    {
      request: `POST ${where as '/charts'}/${action}`,
      status: action === 'copy' || action === 'validate' ? 200 : 204,
    },
  ])
  return Object.fromEntries(entries)
}

/** A chart `hall` with a tag, a draft and an event, and a chart `away` in the archive. */
async function open() {
  const holdfast = await openHoldfast()
  const api = seatsioOver(holdfast.runtime)
  for (const key of ['hall', 'away']) await api(`POST /system/public/charts/${key}`, rowDrawing())
  await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  await api('POST /charts/hall', { name: 'Draft' })
  await api('POST /charts/hall/tags/old')
  await api('POST /charts/away/actions/move-to-archive')
  const contents = async () => {
    const { reader, tableName } = holdfast.port
    const { Items = [] } = await reader.send(new ScanCommand({ TableName: tableName }))
    return Items.map((item) => JSON.stringify(item)).sort()
  }
  return { ...holdfast, api, contents }
}

test('every endpoint that changes charts is repeated here', () => {
  const writing = seatsioEndpoints.filter(
    ({ method, path }) => method !== 'GET' && path.startsWith('/charts'),
  )
  expect(Object.keys(requests).sort()).toEqual(
    writing.map(({ method, path }) => `${method} ${path}`).sort(),
  )
})

describe('a request that is repeated under its key is answered as the first time, and changes nothing', () => {
  test.each(Object.entries(requests))('%s', async (_, { request, body, status = 204, key }) => {
    const { api, contents } = await open()
    const options = {
      headers: ['Idempotency-Key', 'once'],
      ...(key === undefined ? {} : { key }),
    }
    const first = await api(request, body, options)
    expect(first.status).toBe(status)
    const before = await contents()
    const again = await api(request, body, options)
    expect([again.status, again.text, again.headers['idempotent-replayed']]).toEqual([
      first.status,
      first.text,
      'true',
    ])
    expect(await contents()).toEqual(before)
    const other = await api('POST /charts', { name: 'Other' }, options)
    expect(other.status).toBe(422)
  })
})

describe('an answer that got lost is told when the request is repeated, done or not', () => {
  test.each(Object.entries(requests))('%s', async (_, { request, body, status = 204, key }) => {
    for (const fault of ['lost-before', 'lost-after'] as const) {
      const { api, engine, clock } = await open()
      const options = {
        headers: ['Idempotency-Key', 'once'],
        ...(key === undefined ? {} : { key }),
      }
      engine.inject = ({ operation }) => {
        if (operation !== 'TransactWriteItems') return undefined
        clock.advance(11_000)
        return fault
      }
      const lost = await api(request, body, options)
      engine.inject = undefined
      expect(lost.status).toBe(503)
      const again = await api(request, body, options)
      expect(again.status).toBe(status)
      expect(again.headers['idempotent-replayed']).toBe(fault === 'lost-after' ? 'true' : undefined)
    }
  })
})
