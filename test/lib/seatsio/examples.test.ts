import { expect, test } from 'vitest'
import { readCatalog } from '../../../lib/http/catalog.ts'
import type { Access } from '../../../lib/http/surface.ts'
import type { Example } from '../../../lib/openapi/surface-document.ts'
import { examples } from '../../../lib/seatsio/examples.ts'
import { groupExamples } from '../../../lib/seatsio/examples/group-changes.ts'
import { statusExamples } from '../../../lib/seatsio/examples/status-changes.ts'
import { SHOWN, SHOWN_ORIGIN } from '../../../lib/seatsio/examples/story.ts'
import { openHoldfast, SYSTEM_SECRET } from '../../support/holdfast.ts'
import { documentedOperations } from '../../support/openapi.ts'
import { seatsioOver } from '../../support/seatsio.ts'

const { endpoints } = await readCatalog()
const operations = documentedOperations('seatsio')

/** Every example, in the order in which they work on an empty table. */
const story = Object.entries(examples).flatMap(([name, shown]) =>
  Object.entries(shown).map(([title, example]) => ({ name, title, example })),
)

test('every request of the document is answered as the document shows it, from an empty table on', async () => {
  const { runtime, clock } = await openHoldfast()
  const api = seatsioOver(runtime)
  const real = new Map<string, string>()
  for (const { name, title, example } of story) {
    const endpoint = endpoints.find((it) => it.surface === 'seatsio' && it.name === name)?.endpoint
    if (endpoint === undefined) throw new Error(`No endpoint ${name}`)
    if (name in statusExamples || name in groupExamples) clock.advance(1_000)
    const key = keyFor(endpoint.access, real)
    const target = targetOf(endpoint.path, translate(example, real))
    const answer = await api(`${endpoint.method} ${target}`, translate(example.body, real), { key })
    learn(example.reply, answer.body, real)
    expect({ name, title, status: answer.status, body: answer.body }).toEqual({
      name,
      title,
      status: example.status ?? (example.reply === undefined ? 204 : (endpoint.status ?? 200)),
      body: translate(example.reply, real),
    })
    const documented = operations.find(
      ({ method, path }) => method === endpoint.method && path === endpoint.path,
    )
    const reply = documented?.replies.find(({ status }) => status === answer.status)
    expect(answer.body === undefined ? [] : reply?.faultsOf(answer.body)).toEqual([])
  }
})

test('every endpoint has an example, save pictures, drafts and older names', () => {
  const shown = endpoints.filter(
    ({ surface, name, endpoint }) =>
      surface === 'seatsio' && endpoint.method !== 'ANY' && !/thumbnail|draft/.test(name),
  )
  expect(shown.length).toBeGreaterThan(30)
  expect(shown.map(({ name }) => name).filter((name) => !(name in examples))).toEqual([])
})

function keyFor(access: Access, real: ReadonlyMap<string, string>): string | null {
  if (access === 'system') return SYSTEM_SECRET
  return real.get(access === 'admin-key' ? SHOWN.adminKey : SHOWN.workspaceSecret) ?? null
}

/** Ids, keys and secrets that the document shows stand for those of this run. */
function learn(shown: unknown, told: unknown, real: Map<string, string>): void {
  if (typeof shown === 'object' && shown !== null) {
    for (const [name, value] of Object.entries(shown)) {
      learn(value, (told as Record<string, unknown> | undefined)?.[name], real)
    }
    return
  }
  const [text, other] = [pictureIn(shown), pictureIn(told)]
  const isMadeAnew = Object.values(SHOWN).some((value) => String(value) === text)
  if (isMadeAnew) real.set(text, other)
}

function pictureIn(value: unknown): string {
  return String(value).replace(`${SHOWN_ORIGIN}/thumbnails/`, '')
}

function targetOf(path: string, { params = {}, query = {} }: Example): `/${string}` {
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  )
  return `/${filled.slice(1)}${search === '' ? '' : `?${search}`}`
}

/** Puts what this run made where the document has its own. */
function translate<T>(value: T, real: ReadonlyMap<string, string>): T {
  if (value === undefined) return value
  let text = JSON.stringify(value)
  for (const [shown, made] of real) text = text.replaceAll(shown, made)
  return JSON.parse(text) as T
}
