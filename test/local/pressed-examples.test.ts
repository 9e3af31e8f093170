import { expect, test } from 'vitest'
import { readCatalog } from '../../lib/http/catalog.ts'
import { crowdDemo } from '../../local/demo/crowd-demo.ts'
import { demoKeys, seedDemo } from '../../local/demo/seed-demo.ts'
import { seedShown } from '../../local/demo/seed-shown.ts'
import { apiOver } from '../support/api.ts'
import { openHoldfast, SYSTEM_SECRET } from '../support/holdfast.ts'
import {
  documentedOperations,
  openApis,
  type DocumentedOperation,
  type SurfaceName,
} from '../support/openapi.ts'
import { seatsioOver } from '../support/seatsio.ts'

// Handlers are called in process: what a browser adds to that is the key, and the test of the page sees to that.

const { endpoints } = await readCatalog()

test('the examples of the page, pressed as they stand from top to bottom on the demo data, are answered as they say', async () => {
  const api = apiOver(await openDemo())
  const pressed = onPage('seatbuilder')
  expect(pressed.length).toBeGreaterThan(30)
  const { said, shown } = await press(pressed, (request, body) =>
    api(request, body, { key: demoKeys.secret }),
  )
  expect(said).toEqual(shown)
})

test.each(['path', 'older path'] as const)(
  'so are those of the page in the language of seats.io, with the keys that the page has for them, at each %s',
  async (at) => {
    const api = seatsioOver(await openDemo())
    const pressed = onPage('seatsio')
    expect(pressed.length).toBeGreaterThan(70)
    const older = at === 'older path' ? olderPaths() : new Map<string, string>()
    const asked = pressed.map((operation) => {
      const { method, path } = operation
      return { ...operation, path: older.get(`${method} ${path}`) ?? path }
    })
    const { said, shown } = await press(asked, (request, body, operation) =>
      api(request, body, { key: keyFor(operation) }),
    )
    expect(said).toEqual(shown)
  },
)

type Press = (
  request: `${string} /${string}`,
  body: unknown,
  operation: DocumentedOperation,
) => Promise<{ readonly status: number; readonly body?: Record<string, unknown> | undefined }>

/**
 * Presses each example; what was answered to each, and what the document shows. A secret key is another at each start: who is to
 * name it puts in the one that was answered where the document shows it.
 */
async function press(operations: readonly DocumentedOperation[], send: Press) {
  const said: string[] = []
  const shown: string[] = []
  const secrets = new Map<unknown, unknown>()
  for (const operation of operations) {
    for (const { name, statuses, body, answer } of examplesOf(operation)) {
      const { status, body: answered } = await send(
        requestOf(operation),
        withSecret(body, secrets),
        operation,
      )
      secrets.set(secretIn(answer), secretIn(answered))
      const example = `${operation.operationId} ${name}`
      said.push(`${example}: ${status}`)
      shown.push(`${example}: ${statuses.includes(status) ? status : statuses.join(' or ')}`)
    }
  }
  return { said, shown }
}

function secretIn(said: unknown): unknown {
  return (said as { secretKey?: unknown } | undefined)?.secretKey
}

function withSecret(body: unknown, secrets: ReadonlyMap<unknown, unknown>): unknown {
  const secretKey = secretIn(body)
  return secretKey === undefined
    ? body
    : { ...(body as object), secretKey: secrets.get(secretKey) ?? secretKey }
}

/** The demo as `npm start` makes it. */
async function openDemo() {
  const { runtime } = await openHoldfast()
  await seedDemo(runtime)
  await crowdDemo(runtime)
  await seedShown(runtime)
  return runtime
}

/** As the page shows them: by tag, and within a tag by their place. */
function onPage(surface: SurfaceName): DocumentedOperation[] {
  const operations = documentedOperations(surface).sort((a, b) => a.storyPlace - b.storyPlace)
  return (openApis[surface].tags ?? []).flatMap(({ name }) =>
    operations.filter(({ tag }) => tag === name),
  )
}

/** Where an operation is served that is documented under a newer path, by method and that path. */
function olderPaths(): Map<string, string> {
  const older = endpoints.flatMap(({ endpoint: { method, path, alsoAt = [] } }) =>
    alsoAt.map((at) => [`${method} ${path}`, at] as const),
  )
  expect(older.length).toBeGreaterThan(0)
  return new Map(older)
}

/** Of the keys that open it, the one that the document names first. */
function keyFor({ keys: [first] }: DocumentedOperation): string | null {
  if (first === undefined) return null
  if (first === 'SystemSecret') return SYSTEM_SECRET
  return first === 'AdminKey' ? demoKeys.admin : demoKeys.seatsio
}

/**
 * Each example with the status under which the document shows its answer, or with all of success where it shows none: what is said
 * to be shown is said to each example. One press where no example has a name.
 */
function examplesOf({ requestExamples, replies }: DocumentedOperation) {
  const successes = replies.filter(({ status }) => status < 300)
  const named = [requestExamples, ...successes.map(({ examples }) => examples)].flatMap(Object.keys)
  const names = named.length === 0 ? [''] : [...new Set(named)]
  return names.map((name) => {
    const shown = replies.filter(({ examples }) => name in examples)
    const statuses = (shown.length === 0 ? successes : shown).map(({ status }) => status)
    const answer = shown[0]?.examples[name]
    return { name, statuses, body: requestExamples[name], answer }
  })
}

/** With the values that the document has for its parameters, as the page fills them in. */
function requestOf({ method, path, parameters }: DocumentedOperation) {
  const query = new URLSearchParams()
  let target = path
  for (const { name, in: where, example } of parameters) {
    const value = String(example)
    if (where === 'path') target = target.replace(`{${name}}`, encodeURIComponent(value))
    else if (example !== undefined) query.set(name, value)
  }
  return `${method} ${target}?${query.toString()}` as `${string} /${string}`
}
