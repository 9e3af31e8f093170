import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BUNDLE_BYTES_MAX, bundleFunctions } from '../../infra/bundle.ts'
import type { FunctionBundle } from '../../infra/bundle.ts'
import { listFunctionFiles } from '../../lib/http/catalog.ts'

const run = promisify(execFile)

/** For what is done with each of some hundred functions. */
const ALL_MS_MAX = 180_000

let work: string

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'holdfast-bundle-'))
})

afterAll(async () => {
  await rm(work, { recursive: true })
})

describe('the functions of this repository', () => {
  let bundles: FunctionBundle[]

  beforeAll(async () => {
    bundles = await bundleFunctions(join(work, 'functions'))
  }, ALL_MS_MAX)

  test('each has a bundle of its own', async () => {
    const files = await listFunctionFiles()
    expect(bundles.map(({ name }) => name)).toEqual(
      files.map(({ folder, name }) => `${folder}/${name}`),
    )
    expect(bundles.length).toBeGreaterThan(0)
  })

  test(`each is smaller than ${BUNDLE_BYTES_MAX} bytes`, () => {
    const tooLarge = bundles.filter(({ bytes }) => bytes >= BUNDLE_BYTES_MAX)
    expect(tooLarge.map(({ name, bytes }) => `${name}: ${bytes}`)).toEqual([])
  })

  test('none holds code that is not its own to run', () => {
    expect(bundles.flatMap(strangersIn)).toEqual([])
  })

  test('none holds code of the store that it cannot reach', () => {
    expect(bundles.flatMap(unreachedIn)).toEqual([])
  })

  test('a function signs its requests with the credentials of its environment', async () => {
    const bundle = bundles.find(({ name }) => name === 'seatbuilder/get-event')
    const signatures: (string | undefined)[] = []
    const table = createServer((request, response) => {
      signatures.push(request.headers.authorization)
      response.end('{}')
    })
    await new Promise<void>((resolve) => table.listen(0, '127.0.0.1', resolve))
    const { port } = table.address() as AddressInfo
    try {
      await run(
        process.execPath,
        ['--input-type=module', '--eval', callScript(bundle?.folder ?? '')],
        {
          env: {
            AWS_REGION: 'eu-central-1',
            AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
            AWS_SECRET_ACCESS_KEY: 'secret',
            AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}`,
            HOLDFAST_TABLE: 'holdfast',
          },
          timeout: IMPORT_MS_MAX,
        },
      )
    } finally {
      table.close()
    }
    expect(signatures[0]).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\//)
  })
})

describe('the bundler', () => {
  test('makes a folder with a minified module and its map, and reports what went in', async () => {
    const source = await functionsWith({
      'functions/seatbuilder/hold.ts': `import { word } from '../../lib/word.ts'\nimport '../../lib/unused.ts'\nexport const handler = async (): Promise<string> => word`,
      'functions/workers/relay.ts': `import { hash } from 'node:crypto'\nexport const handler = () => [hash, typeof require('node:fs')]`,
      'lib/word.ts': `export const word = 'held'\nexport const other = 'dropped'`,
      'lib/unused.ts': `export const unused = 1`,
    })
    const [hold, relay] = await bundleFunctions(join(work, 'out'), source)
    expect(hold).toMatchObject({
      name: 'seatbuilder/hold',
      folder: join(work, 'out/seatbuilder/hold'),
    })
    expect(hold?.inputs).toEqual(['lib/word.ts', 'functions/seatbuilder/hold.ts'])
    const folder = hold?.folder ?? ''
    expect((await readdir(folder)).sort()).toEqual(['index.mjs', 'index.mjs.map'])
    const code = await readFile(join(folder, 'index.mjs'), 'utf8')
    expect(Buffer.byteLength(code)).toBe(hold?.bytes)
    expect(code).not.toMatch(/dropped|sourceMappingURL/)
    expect(await importAlone(relay?.folder ?? '')).toBe('function')
  })

  test('refuses to bundle nothing', async () => {
    const nothing = pathToFileURL(join(work, 'nothing/functions/'))
    await expect(bundleFunctions(join(work, 'out'), nothing)).rejects.toThrow('no function')
  })

  test('refuses code that does not compile', async () => {
    const source = await functionsWith({ 'functions/workers/broken.ts': 'export const = 1' })
    await expect(bundleFunctions(join(work, 'out'), source)).rejects.toThrow('broken.ts')
  })
})

test.each([
  ['local/main.ts', true],
  ['test/support/clock.ts', true],
  ['infra/bundle.ts', true],
  ['lib/http/catalog.ts', true],
  ['lib/openapi/openapi-errors.ts', true],
  ['node_modules/zod-openapi/dist/index.mjs', true],
  ['functions/seatbuilder/book-seat.ts', true],
  ['functions/workers/relay.ts', true],
  ['node_modules/zod/v4/locales/de.js', true],
  ['node_modules/zod/v4/locales/en.js', false],
  ['node_modules/@smithy/core/local/x.js', false],
  ['functions/seatbuilder/hold-seat.ts', false],
  ['functions/seatbuilder/seats/hold-seat.ts', false],
  ['lib/actions/seats/change-seats.ts', false],
])('in the bundle of hold-seat, %s is a stranger: %s', (input, strange) => {
  const bundle = { name: 'seatbuilder/hold-seat', folder: '', bytes: 0, inputs: [input] }
  expect(strangersIn(bundle).length > 0).toBe(strange)
})

test.each([
  ['functions/seatbuilder/charts/get-chart.ts', 'lib/store/commit/commit.ts', true],
  ['lib/actions/seats/commit-in-rounds.ts', 'lib/store/commit/commit.ts', false],
  ['lib/actions/seats/change-seats.ts', 'lib/store/webhooks/deliveries.ts', true],
  ['functions/workers/deliver-webhook.ts', 'lib/store/webhooks/deliveries.ts', false],
])('beside %s, %s cannot be reached: %s', (input, stored, isUnreached) => {
  expect(unreachedIn({ name: 'one', inputs: [input, stored] }).length > 0).toBe(isUnreached)
})

test('an import that fails, waits or speaks is seen', async () => {
  const importOf = async (source: string, timeout?: number) => {
    const folder = await mkdtemp(join(work, 'alone-'))
    await writeFile(join(folder, 'index.mjs'), source)
    return importAlone(folder, timeout)
  }
  await expect(importOf('throw new Error("no table")')).rejects.toThrow('no table')
  await expect(importOf('console.log("hello")')).resolves.toMatch('hello')
  await expect(importOf('setInterval(() => {}, 1000)', 500)).rejects.toThrow()
  await expect(importOf('export const other = 1')).resolves.toBe('undefined')
})

/** What only the OpenAPI document needs. */
const documenting =
  /^(lib\/openapi\/.*|lib\/(seatbuilder|seatsio)\/(document|error-shapes))\.ts$|\bzod-openapi\//

/** The function that a file of `functions/` is the source of, whatever its room. */
const functionOf = (path: string) =>
  path.replace(/^functions\/([^/]+)\/(?:.*\/)?([^/]+)\.ts$/, '$1/$2')

/** What a bundle must not hold; zod itself brings its English messages. */
function strangersIn({ name, inputs }: FunctionBundle): string[] {
  const strange = (path: string) =>
    /^(local|test|infra)\//.test(path) ||
    path === 'lib/http/catalog.ts' ||
    documenting.test(path) ||
    (path.startsWith('functions/') && functionOf(path) !== name) ||
    (/\bzod\/.*\/locales\//.test(path) && !path.endsWith('/en.js'))
  return inputs.filter(strange).map((path) => `${name} holds ${path}`)
}

/** What a bundle holds only together with something that calls it, in one of these files or functions. */
const reached: readonly (readonly [stored: RegExp, by: RegExp])[] = [
  [
    /^lib\/store\/commit\/(commit|commit-fast|commit-slow)\.ts$/,
    /\/(commit-in-rounds|create-events)\.ts$/,
  ],
  [/^lib\/store\/commit\/watch\.ts$/, /^functions\/workers\/watch-table\.ts$/],
  [/^lib\/store\/seats\//, /^lib\/(actions\/(seats|events|reports)|afterwards)\//],
  [/^lib\/store\/events\/create-events\.ts$/, /^lib\/actions\/events\/create-events?\.ts$/],
  [/^lib\/store\/events\/purge-event\.ts$/, /^lib\/afterwards\/purge-removed\.ts$/],
  [/^lib\/store\/charts\/chart-lists\.ts$/, /^lib\/actions\/(charts|events)\//],
  [/^lib\/store\/companies\/ticket-buyers\.ts$/, /^lib\/actions\/companies\/ticket-buyers\.ts$/],
  [/^lib\/store\/webhooks\//, /^functions\/.*(webhook|deliver)/],
]

/** What a bundle holds of the store although nothing in it asks for that. */
function unreachedIn({ name, inputs }: Pick<FunctionBundle, 'name' | 'inputs'>): string[] {
  return inputs
    .filter((path) =>
      reached.some(([stored, by]) => stored.test(path) && !inputs.some((file) => by.test(file))),
    )
    .map((path) => `${name} holds ${path}`)
}

/** Imports a bundle in a process without environment; answers the type of its handler, or whatever it printed. */
async function importAlone(folder: string, timeout = IMPORT_MS_MAX): Promise<string> {
  const script = `${importing(folder)}; process.stdout.write(typeof handler)`
  const { stdout, stderr } = await run(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { env: {}, timeout },
  )
  return stdout + stderr
}

/** Calls a bundled function with a key, which it must look up in its table. */
function callScript(folder: string): string {
  const event = {
    path: '/api/v1/events/e1',
    httpMethod: 'GET',
    headers: { 'X-API-Key': 'sk_test_00000000000000000000000000000000' },
    requestContext: { requestId: 'r1' },
  }
  return `${importing(folder)}; await handler(${JSON.stringify(event)}, {}); process.exit()`
}

function importing(folder: string): string {
  const url = pathToFileURL(join(folder, 'index.mjs')).href
  return `const { handler } = await import(${JSON.stringify(url)})`
}

/** An import takes some 50 ms; what still runs by then waits for something. */
const IMPORT_MS_MAX = 20_000

async function functionsWith(files: Record<string, string>): Promise<URL> {
  const root = await mkdtemp(join(work, 'source-'))
  for (const [path, source] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), source)
  }
  return pathToFileURL(`${root}/functions/`)
}
