import { expect, test } from 'vitest'
import { readCatalog } from '../../../lib/http/catalog.ts'
import type { Access } from '../../../lib/http/surface.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { openHoldfast, SYSTEM_SECRET } from '../../support/holdfast.ts'
import { documentedOperations } from '../../support/openapi.ts'
import { seatsioOver } from '../../support/seatsio.ts'
import { learn, statusOf, storyOf, targetOf, translate, type Real } from '../../support/story.ts'

const { endpoints } = await readCatalog()
const operations = documentedOperations('seatsio')

test('every request of the document is answered as the document shows it, from an empty table on', async () => {
  const { runtime, clock } = await openHoldfast()
  const api = seatsioOver(runtime)
  const real: Real = new Map()
  for (const scene of storyOf('seatsio')) {
    const { title, example } = scene
    const { name, endpoint } = scene.entry
    // Changes of objects happen a second apart.
    if (endpoint.refusals?.includes('status-refused') === true) clock.advance(1_000)
    const key = keyFor(endpoint.access, real)
    const target = targetOf(endpoint.path, translate(example, real))
    const answer = await api(`${endpoint.method} ${target}`, translate(example.body, real), { key })
    learn(example, answer.body, real)
    if (endpoint.replyMediaType !== undefined) {
      expect([name, answer.status]).toEqual([name, statusOf(scene)])
      continue
    }
    expect({ name, title, status: answer.status, body: answer.body }).toEqual({
      name,
      title,
      status: statusOf(scene),
      body: translate(example.reply, real),
    })
    const documented = operations.find(
      ({ method, path }) => method === endpoint.method && path === endpoint.path,
    )
    const reply = documented?.replies.find(({ status }) => status === answer.status)
    expect(answer.body === undefined ? [] : reply?.faultsOf(answer.body)).toEqual([])
  }
})

test('every endpoint has an example', () => {
  const shown = endpoints.filter(
    ({ surface, endpoint }) => surface === 'seatsio' && endpoint.method !== 'ANY',
  )
  expect(shown.length).toBeGreaterThan(30)
  const without = shown.filter(({ endpoint }) => endpoint.examples === undefined)
  expect(without.map(({ name }) => name)).toEqual([])
})

function keyFor(access: Access, real: Real): string | null {
  if (access === 'system') return SYSTEM_SECRET
  return real.get(access === 'admin-key' ? SHOWN.adminKey : SHOWN.workspaceSecret) ?? null
}
