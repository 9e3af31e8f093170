import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seatsioEndpoints } from '../../../support/seatsio.ts'
import { openSeatsioCompany } from '../../../support/seatsio-company.ts'

const RUNS = 40
const SEED = 20270304

const administration = seatsioEndpoints.filter(({ access }) => access === 'admin-key')

/** Names that requests of administration know, with values that are right, nearly right, or anything. */
const bodies = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.record(
    {
      name: fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\ud800'), fc.jsonValue()),
      isTest: fc.oneof(fc.boolean(), fc.jsonValue()),
      ids: fc.oneof(fc.array(fc.oneof(fc.uuid(), fc.string())), fc.jsonValue()),
      key: fc.oneof(
        fc.constantFrom('VALIDATE_EMPTY_FLOOR', 'multiSelectEnabled', '__proto__', 'constructor'),
        fc.jsonValue(),
      ),
      value: fc.oneof(fc.constantFrom('OFF', 'ERROR', 'true', true, 'toString'), fc.jsonValue()),
      holdPeriodInMinutes: fc.oneof(fc.integer({ min: -1, max: 130 }), fc.jsonValue()),
      password: fc.oneof(fc.string(), fc.jsonValue()),
    },
    { requiredKeys: [] },
  ),
)

const words = fc.oneof(
  fc.constantFrom('0', '1', '-1', '9007199254740991', '1e9', '%', '%00', '', 'box', '..'),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
)

test.each(administration)(
  '$method $path answers whatever it is asked as documented',
  async (it) => {
    const { api, adminKey, workspace, admin } = await openSeatsioCompany()
    const isAboutKeys = it.path === '/accounts/me/secret-key/actions/regenerate'
    const request = fc.record({ body: bodies, word: words, query: words, isOwn: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(request, async ({ body, word, query, isOwn }) => {
        const name = isOwn ? workspace.key : encodeURIComponent(word)
        const path = it.path.replace(/\{\w+\}/g, name === '' || /^\.+$/.test(name) ? 'x' : name)
        const search = `limit=${encodeURIComponent(query)}&filter=${encodeURIComponent(word)}&end_before_id=${encodeURIComponent(query)}`
        const target = `${it.method} ${path}?${search}` as `${string} /${string}`
        const isGet = it.method === 'GET'
        const answer = await api(target, isGet ? undefined : body, { key: adminKey })
        // The api checks status and shape against the document; an outage or a bug is neither.
        expect(answer.status).toBeLessThan(500)
      }),
      { numRuns: isAboutKeys ? 1 : RUNS, seed: SEED },
    )
    const after = await api('GET /events', undefined, { key: workspace.secretKey })
    expect([200, 401]).toContain(after.status)
    if (!isAboutKeys) expect((await admin('GET /accounts/me')).status).toBe(200)
  },
)
