import { Region, SeatsioClient } from 'seatsio'
import { expect, test } from 'vitest'
import { seatsioCalls } from '../../infra/documents/contract-calls/seatsio.ts'

// The published client is asked for everything that it has, with arguments of no sense: what it sends goes nowhere, and each of its
// calls has to be in the list of calls.

interface Sent {
  readonly method: string
  readonly url: string
}

type Part = Readonly<Record<string, unknown>>
type Method = (...values: readonly unknown[]) => unknown

/** What the methods of the client take, in one form or another. */
const ARGUMENTS: readonly (readonly unknown[])[] = [
  Array.from({ length: 8 }, () => 'x'),
  Array.from({ length: 4 }, () => ['x']),
  ['x', ['x'], ['x'], ['x']],
  ['x', 'x', {}],
  ['x', {}, {}],
  [[{ objectOrObjects: 'x' }]],
]

/** Methods that make no call of their own: they make requests for others, or pages of lists. */
const SILENT = [
  'normalizeObjects',
  'queryParams',
  'withSeasonBookingsNotPropagated',
  'buildChangeObjectStatusRequest',
  'changeStatusToRequest',
  'releaseObjectsRequest',
]

/** Everything that the client sends. */
async function allCalls(): Promise<{ calls: Set<string>; silent: string[] }> {
  const client = new SeatsioClient(new Region('http://nowhere.invalid'), 'key')
  const calls = new Set<string>()
  const { client: sender } = client.charts as unknown as { client: { defaults: object } }
  Object.assign(sender.defaults, {
    adapter: ({ method, url }: Sent) => {
      const [path = ''] = `/${url}`.replace(/\/+/g, '/').split('?')
      calls.add(`${method.toUpperCase()} ${path}`)
      return Promise.reject(new Error('Nothing is sent'))
    },
  })
  const silent: string[] = []
  for (const part of partsOf(client as unknown as Part)) {
    for (const [name, method] of methodsOf(part)) {
      if (!(await isHeard(part, method, calls)) && !SILENT.includes(name)) silent.push(name)
    }
  }
  return { calls, silent }
}

/** The resources of the client, and what is in them. */
function partsOf(client: Part): Part[] {
  const resources = Object.entries(client).filter(([name]) => !/client|listener/i.test(name))
  const parts = resources.flatMap(([, part]) => (isPart(part) ? [part] : []))
  const inner = parts.flatMap((part) =>
    ['channels', 'archive'].flatMap((name) => (isPart(part[name]) ? [part[name]] : [])),
  )
  return [...parts, ...inner]
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null
}

function methodsOf(part: Part): [string, Method][] {
  const prototype = Object.getPrototypeOf(part) as Part
  return Object.getOwnPropertyNames(prototype).flatMap((name): [string, Method][] => {
    const method = prototype[name]
    return name === 'constructor' || typeof method !== 'function' ? [] : [[name, method as Method]]
  })
}

/** Whether a method makes any call, with whichever arguments. */
async function isHeard(part: Part, method: Method, calls: Set<string>): Promise<boolean> {
  const known = [...calls]
  calls.clear()
  for (const values of ARGUMENTS) {
    try {
      await followUp(await method.apply(part, [...values]))
    } catch {
      // What it was given made no sense, or what it sent went nowhere.
    }
  }
  const isHeard = calls.size > 0
  for (const call of known) calls.add(call)
  return isHeard
}

/** Lists are asked for their first page, and what goes on and on for its first item. */
async function followUp(result: unknown): Promise<void> {
  if (!isPart(result)) return
  const { firstPage } = result
  if (typeof firstPage === 'function') await (firstPage as Method).call(result)
  for await (const _ of result as unknown as AsyncIterable<unknown>) return
}

test('every call that the published client makes is in the list of calls', async () => {
  const { calls, silent } = await allCalls()
  const listed = seatsioCalls.flatMap((group) => group.calls.map(([call]) => toPattern(call)))
  const unknown = [...calls].filter((call) => !listed.some((pattern) => pattern.test(call)))
  expect(unknown).toEqual([])
  expect(silent).toEqual([])
  expect(calls.size).toBeGreaterThan(130)
})

function toPattern(call: string): RegExp {
  const literal = call.replace(/[.]/g, '\\.').replace(/\{[^}]*\}/g, '[^/]+')
  return new RegExp(`^${literal}$`)
}
