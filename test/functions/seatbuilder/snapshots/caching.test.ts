import { afterEach, expect, test, vi } from 'vitest'
import { optionsFromEnvironment, runtimeOver } from '../../../../lib/open.ts'
import { apiOver } from '../../../support/api.ts'
import { testKeys } from '../../../support/holdfast.ts'
import { openSnapshotScene } from '../../../support/snapshot-scene.ts'

// Who may keep a snapshot: whoever asked, or a cache in front of all who ask with the same key.

afterEach(() => {
  vi.unstubAllEnvs()
})

const kept = (headers: Record<string, unknown>) => headers['Cache-Control']

/** What a process answers whose environment says that of a cache. */
async function processWith(variable: string | undefined) {
  vi.stubEnv('HOLDFAST_SHARED_CACHE', variable)
  const { port, eventKey } = await openSnapshotScene()
  const api = apiOver(runtimeOver(port, optionsFromEnvironment()))
  return (path: string, key: string | null = testKeys.publishable, headers: string[] = []) =>
    api(`GET /api/v1/events/${path.replace('EVENT', eventKey)}`, undefined, { key, headers })
}

test('with a cache that tells keys apart, all who ask with one key get what one of them asked for within the second', async () => {
  const get = await processWith('true')
  const shared = 'public, max-age=1, stale-while-revalidate=1'
  const { headers } = await get('EVENT/snapshot')
  expect(kept(headers)).toBe(shared)
  const known = ['If-None-Match', String(headers['ETag'])]
  const again = await get('EVENT/snapshot', testKeys.publishable, known)
  expect([again.status, kept(again.headers)]).toEqual([304, shared])
})

test('nothing else is for a cache: no refusal, and no other answer', async () => {
  const get = await processWith('true')
  const answers = [
    await get('none/snapshot'),
    await get('EVENT/snapshot', null),
    await get('EVENT/snapshot', 'pk_test_nobody'),
    await get('EVENT/snapshot', testKeys.otherSecret),
    await get('EVENT/snapshot?since=x'),
    await get('EVENT/status'),
    await get('EVENT/layout'),
    await get('EVENT'),
  ]
  expect(answers.map(({ status }) => status)).toEqual([404, 401, 401, 404, 400, 200, 200, 200])
  for (const { headers } of answers) expect(kept(headers)).toMatch(/^private, /)
})

test.each([undefined, '', 'false', 'yes'])(
  'where the environment says %j there is no such cache, and an answer is for whoever asked',
  async (variable) => {
    const get = await processWith(variable)
    expect(kept((await get('EVENT/snapshot')).headers)).toBe('private, no-cache')
  },
)
