import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { CatalogError, readCatalog } from '../../../lib/http/catalog.ts'
import type { Catalog } from '../../../lib/http/catalog.ts'
import { atEachPath } from '../../../lib/http/endpoint.ts'

const cleanUps: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

test('functions and workers are listed by surface and name, whatever the disk says first', async () => {
  const catalog = await read({
    'seatsio/objects/book.ts': endpointFile('POST', '/events/{key}/actions/book', 'seatsio'),
    'workers/relay-changes.ts': workerFile(`{ kind: 'stream' }`),
    'workers/tidy.ts': workerFile(`{ kind: 'timer', everySeconds: 60 }`),
    'seatbuilder/release.ts': endpointFile('POST', '/release'),
    'seatbuilder/hold.ts': endpointFile('POST', '/hold'),
    'seatbuilder/README.md': 'not code',
  })
  expect(catalog.endpoints.map(({ surface, name, file }) => [surface, name, file])).toEqual([
    ['seatbuilder', 'hold', 'functions/seatbuilder/hold.ts'],
    ['seatbuilder', 'release', 'functions/seatbuilder/release.ts'],
    ['seatsio', 'book', 'functions/seatsio/objects/book.ts'],
  ])
  expect(catalog.endpoints[0]?.endpoint).toMatchObject({ method: 'POST', path: '/hold' })
  expect(catalog.endpoints[0]?.handler).toBeTypeOf('function')
  expect(catalog.workers.map(({ name, file, trigger }) => [name, file, trigger])).toEqual([
    ['relay-changes', 'functions/workers/relay-changes.ts', { kind: 'stream' }],
    ['tidy', 'functions/workers/tidy.ts', { kind: 'timer', everySeconds: 60 }],
  ])
})

test.each([
  ['is called by nothing', 'undefined'],
  ['is called by something unknown', `{ kind: 'queue' }`],
  ['never comes round', `{ kind: 'timer', everySeconds: 0 }`],
])('a worker that %s is refused by its name', async (_, trigger) => {
  const reading = read({ 'workers/only.ts': workerFile(trigger) })
  await expect(reading).rejects.toThrow(CatalogError)
  await expect(reading).rejects.toThrow('functions/workers/only.ts exports no trigger')
})

test('a folder that does not exist is an empty catalog', async () => {
  const nowhere = pathToFileURL(join(tmpdir(), 'holdfast-nowhere/'))
  expect(await readCatalog(nowhere)).toEqual({ endpoints: [], workers: [] })
})

test.each([
  ['has no endpoint', 'export const handler = async () => ({})', 'exports no endpoint'],
  [
    'has no handler',
    `export const a = { method: 'GET', path: '/a', surface: { name: 'seatbuilder' } }`,
    'exports no function named handler',
  ],
  [
    'has two endpoints',
    `${endpointFile('GET', '/a')}\nexport const other = { ...it, path: '/b' }`,
    'exports 2 endpoints',
  ],
  ['sits in another surface’s folder', endpointFile('GET', '/a', 'seatsio'), 'functions/seatsio/'],
  ['has a path without a slash', endpointFile('GET', 'a'), 'must start with "/"'],
  ['has an empty segment', endpointFile('GET', '/a//b'), 'empty segment'],
  ['mixes text and variable', endpointFile('GET', '/{key}.csv'), 'mixes text and a variable'],
  ['has a greedy variable before the end', endpointFile('GET', '/{a+}/b'), 'must come last'],
])('a file that %s is refused by its name', async (_, source, message) => {
  const reading = read({ 'seatbuilder/only.ts': source })
  await expect(reading).rejects.toThrow(CatalogError)
  await expect(reading).rejects.toThrow('functions/seatbuilder/only.ts')
  await expect(reading).rejects.toThrow(message)
})

test('a worker without a handler is refused', async () => {
  const reading = read({ 'workers/relay.ts': 'export const relay = async () => undefined' })
  await expect(reading).rejects.toThrow(
    'functions/workers/relay.ts exports no function named handler',
  )
})

test('two functions of one surface cannot have one name, whatever their rooms', async () => {
  const reading = read({
    'seatbuilder/seats/get.ts': endpointFile('GET', '/seats'),
    'seatbuilder/events/get.ts': endpointFile('GET', '/events'),
  })
  await expect(reading).rejects.toThrow(CatalogError)
  await expect(reading).rejects.toThrow(/seats\/get.ts and .*events\/get.ts have one name/)
})

test('two endpoints cannot claim one method and path', async () => {
  const reading = read({
    'seatbuilder/a.ts': endpointFile('GET', '/events/{eventKey}'),
    'seatbuilder/b.ts': endpointFile('GET', '/events/{eventKey}'),
  })
  await expect(reading).rejects.toThrow(
    'functions/seatbuilder/a.ts and functions/seatbuilder/b.ts both claim GET /events/{eventKey}',
  )
})

test('an older path belongs to its endpoint, and can clash like any other', async () => {
  const older = endpointFile('GET', '/events/{eventKey}').replace(
    '"path":',
    '"alsoAt":["/old/{eventKey}"],"path":',
  )
  const catalog = await read({ 'seatbuilder/a.ts': older })
  expect(atEachPath(catalog.endpoints).map(({ endpoint }) => endpoint.path)).toEqual([
    '/events/{eventKey}',
    '/old/{eventKey}',
  ])
  const clash = {
    'seatbuilder/a.ts': older,
    'seatbuilder/b.ts': endpointFile('GET', '/old/{eventKey}'),
  }
  await expect(read(clash)).rejects.toThrow('both claim GET /old/{eventKey}')
  const other = older.replace('/old/{eventKey}', '/old/{eventKey}/x')
  await expect(read({ 'seatbuilder/a.ts': other })).rejects.toThrow('are not those of')
})

test.each([
  ['/events/{eventKey}', '/events/{key}/seats'],
  ['/{proxy+}', '/{eventKey}/seats'],
])('variables at one position cannot have two names: %s and %s', async (one, other) => {
  const reading = read({
    'seatbuilder/a.ts': endpointFile('GET', one),
    'seatbuilder/b.ts': endpointFile('GET', other),
  })
  await expect(reading).rejects.toThrow(/API Gateway allows one name at one position/)
})

test('each surface is an API of its own: equal paths and other variable names do not clash', async () => {
  const catalog = await read({
    'seatbuilder/not-found.ts': endpointFile('ANY', '/{proxy+}'),
    'seatbuilder/get-event.ts': endpointFile('GET', '/events/{eventKey}'),
    'seatsio/not-found.ts': endpointFile('ANY', '/{proxy+}', 'seatsio'),
    'seatsio/get-event.ts': endpointFile('GET', '/events/{key}', 'seatsio'),
  })
  expect(catalog.endpoints).toHaveLength(4)
})

test('the functions of this repository make a valid catalog', async () => {
  const { endpoints } = await readCatalog()
  expect(endpoints.map(({ name }) => name)).toContain('not-found')
})

function endpointFile(method: string, path: string, surface = 'seatbuilder'): string {
  const endpoint = { method, path, surface: { name: surface } }
  return `export const it = ${JSON.stringify(endpoint)}
export const handler = async () => ({ statusCode: 200, body: '' })`
}

async function read(files: Record<string, string>): Promise<Catalog> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-catalog-'))
  cleanUps.push(() => rm(folder, { recursive: true }))
  for (const [path, source] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), source)
  }
  return readCatalog(pathToFileURL(`${folder}/`))
}

function workerFile(trigger: string): string {
  return `export const trigger = ${trigger}\nexport const handler = async () => undefined`
}
