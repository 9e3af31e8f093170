import { describe, expect, test } from 'vitest'
import { readCatalog } from '../../../lib/http/catalog.ts'
import { handlerFor } from '../../../lib/http/lambda.ts'
import { toLambdaContext, toProxyEvent } from '../../../local/http/api-gateway.ts'
import { createRouter } from '../../../local/http/router.ts'
import { hostileBodies } from '../../support/hostile-bodies.ts'
import { openHoldfast, testKeys } from '../../support/holdfast.ts'
import { runAs } from '../../support/iam/guard.ts'
import { BODY_BYTES_MAX } from '../../../lib/limits/limits.ts'

const { endpoints } = await readCatalog()
const bodies = hostileBodies(BODY_BYTES_MAX - 1_000)

/** One endpoint of each request schema that takes bodies of the usual size. */
const different = new Map(
  endpoints.flatMap((entry) => {
    const { body, bodyBytesMax, access } = entry.endpoint
    const isUsual = body !== undefined && bodyBytesMax === undefined && access !== 'admin-key'
    return isUsual ? [[body, entry] as const] : []
  }),
)

/** Milliseconds of processor that parsing one of them takes on the average here; less is not asked of any. */
const usualMs = millisecondsOf(() => Object.values(bodies).map(parsed)) / Object.keys(bodies).length

/** How much more an answer may cost than parsing the body alone. Copying a path for each value cost sixty times as much. */
const RATIO_MAX = 25

/** Bytes of an answer to nonsense: it is for somebody to read. */
const ANSWER_BYTES_MAX = 20_000

describe('a body of legal size and hostile shape costs no more than a few times its parsing, and is told in a few words', () => {
  test.each(Object.entries(bodies))('%s', async (_, body) => {
    const { runtime } = await openHoldfast()
    const parseMs = Math.max(
      usualMs,
      millisecondsOf(() => parsed(body)),
    )
    for (const { endpoint, surface, name } of different.values()) {
      const { method, path } = endpoint
      const match = createRouter([{ method, path, handler: handlerFor(endpoint, () => runtime) }])(
        method,
        path.replaceAll(/\{\w+\}/g, 'none'),
      )
      if (match === undefined) throw new Error(`No route for ${path}`)
      const basic = Buffer.from(`${testKeys.secret}:`).toString('base64')
      const event = toProxyEvent(
        {
          method,
          path: path.replaceAll(/\{\w+\}/g, 'none'),
          query: '',
          protocol: 'HTTP/1.1',
          rawHeaders: ['X-Api-Key', testKeys.secret, 'Authorization', `Basic ${basic}`],
          sourceIp: '127.0.0.1',
          body: Buffer.from(body),
          requestId: 'hostile',
          time: runtime.clock.now(),
        },
        match,
      )
      const context = toLambdaContext('f', 'r', () => 29_000)
      const send = async () => {
        const used = process.cpuUsage()
        const answer = await runAs(`${surface}/${name}`, () => match.route.handler(event, context))
        const { user, system } = process.cpuUsage(used)
        return { answer, isCheap: (user + system) / 1000 < RATIO_MAX * parseMs }
      }
      const { answer, isCheap } = await send()
      const where = `${method} ${path}`
      expect([where, answer.statusCode]).toEqual([
        where,
        expect.toSatisfy((it: number) => it < 500),
      ])
      expect([where, answer.body.length < ANSWER_BYTES_MAX]).toEqual([where, true])
      // What cost much once may have met the collector of garbage; what is dear stays dear.
      const stays = isCheap || (await send()).isCheap || (await send()).isCheap
      expect([where, stays]).toEqual([where, true])
    }
  })
})

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function millisecondsOf(run: () => unknown): number {
  const used = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(used)
  return (user + system) / 1000
}
