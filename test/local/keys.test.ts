import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readKeysOptions } from '../../commands/keys-options.ts'
import { startProduct } from '../support/product.ts'

const keys = fileURLToPath(new URL('../../commands/keys.ts', import.meta.url))

interface Result {
  readonly code: number
  readonly output: string
  readonly errors: string
}

/** Runs `npm run keys -- …`. */
function run(...args: string[]): Promise<Result> {
  const { PATH = '', HOME = '' } = process.env
  return new Promise((resolve) => {
    const command = ['--import', 'tsx', keys, ...args]
    execFile(process.execPath, command, { env: { PATH, HOME } }, (error, output, errors) => {
      resolve({ code: Number(error?.code ?? 0), output, errors })
    })
  })
}

test('keys of a running product are created, listed and revoked, and what they open is the workspace', async () => {
  const product = startProduct()
  const url = (await product.url) ?? ''
  const at = ['--port', new URL(url).port]
  const lists = async (key: string) =>
    (await fetch(`${url}/api/v1/events`, { headers: { 'X-Api-Key': key } })).status

  const created = await run('create', '--kind', 'secret', ...at)
  const [, key = '', id = ''] = /^(sk_test_\S{36})\nIts id is (\S+)\./.exec(created.output) ?? []
  expect(await lists(key)).toBe(200)
  const listed = await run('list', ...at)
  expect(listed.output).toMatch(new RegExp(`${id}  secret  \\S+  active`))
  expect(listed.output).not.toContain(key)
  expect((await run('revoke', id, ...at)).code).toBe(0)
  expect((await run('list', ...at)).output).toMatch(new RegExp(`${id}  secret  \\S+  revoked`))
  expect(await run('revoke', id, ...at)).toMatchObject({
    code: 1,
    errors: `key-not-found: ${id}\n`,
  })

  const company = await run('company', 'Acme', ...at)
  const [live = ''] = /sk_live_\S{36}/.exec(company.output) ?? []
  expect(await lists(live)).toBe(200)
  expect(product.output()).not.toContain(live)
})

test('the admission key of a workspace is shown, made and made anew', async () => {
  const product = startProduct()
  const url = (await product.url) ?? ''
  const at = ['--port', new URL(url).port]
  expect((await run('admission-key', ...at)).errors).toContain('admission-key-not-made')
  const made = await run('admission-key', '--rotate', ...at)
  expect(made.output).toMatch(/^hfak_[0-9a-f]{64}\n$/)
  expect((await run('admission-key', ...at)).output).toBe(made.output)
  const next = await run('admission-key', '--rotate', '--overlap-seconds', '60', ...at)
  expect(next.output).toMatch(/^hfak_\S{64}\nTokens of the one before are taken until 20\S+Z\.\n$/)
  expect(next.output).not.toContain(made.output.trim())
  expect(product.output()).not.toContain('hfak_')
})

test('a company that is made at a running product has the keys that this product derives, also from a secret that it was given', async () => {
  const product = startProduct([], { env: { HOLDFAST_MASTER_SECRET: 'given-by-the-environment' } })
  const url = (await product.url) ?? ''
  const company = await run('company', 'Acme', '--port', new URL(url).port)
  const [, adminKey = ''] = /admin +(\S+)/.exec(company.output) ?? []
  const Authorization = `Basic ${Buffer.from(`${adminKey}:`).toString('base64')}`
  const account = await fetch(`${url}/accounts/me`, { headers: { Authorization } })
  expect(await account.json()).toMatchObject({ secretKey: adminKey })
})

test('a port where nothing runs is refused with what to do', async () => {
  const refused = await run('list', '--port', '1')
  expect(refused.code).toBe(1)
  expect(refused.errors).toContain('No Holdfast of yours runs on port 1: run npm start')
})

test.each([
  [['fly'], 'Unknown command fly'],
  [['create'], '--kind secret or --kind publishable'],
  [['create', '--kind', 'golden'], '--kind secret or --kind publishable'],
  [['revoke'], 'revoke needs the id of a key'],
  [['company'], 'company needs a name'],
  [['settings', '--publishable-may-book', 'maybe'], 'must be true or false, not maybe'],
  [['settings', '--live-holds-max', '0'], 'a number from 1 to 999999 or none, not 0'],
  [['settings', '--live-holds-max', '1000000'], 'not 1000000'],
  [['settings', '--hold-minutes-max', '0'], 'a number from 1 to 120 or none, not 0'],
  [['settings', '--hold-minutes-max', '121'], 'not 121'],
  [['settings', '--extensions-max', '1000'], 'a number from 0 to 999 or none, not 1000'],
  [['settings', '--extensions-max', '-1'], 'ambiguous'],
  [
    ['settings', '--publishable-may-open-channels', 'yes'],
    '--publishable-may-open-channels must be true or false, not yes',
  ],
  [['list', '--port', 'http'], '--port must be a number, not http'],
  [
    ['admission-key', '--rotate', '--overlap-seconds', '86401'],
    '--overlap-seconds must be a number',
  ],
  [['admission-key', '--rotate', '--overlap-seconds', 'x'], '--overlap-seconds must be a number'],
  [['admission-key', '--overlap-seconds', '60'], '--overlap-seconds goes with --rotate'],
  [['list', '--nonsense'], "Unknown option '--nonsense'"],
])('the command line %j is refused in words', (args, message) => {
  expect(() => readKeysOptions(args, {})).toThrow(message)
})

test.each([
  [['settings', '--live-holds-max', '1'], { liveHoldsMax: 1 }],
  [['settings', '--live-holds-max', '999999'], { liveHoldsMax: 999_999 }],
  [['settings', '--live-holds-max', 'none'], { liveHoldsMax: null }],
  [['settings', '--hold-minutes-max', '1'], { holdMinutesMax: 1 }],
  [['settings', '--hold-minutes-max', '120'], { holdMinutesMax: 120 }],
  [['settings', '--hold-minutes-max', 'none'], { holdMinutesMax: null }],
  [['settings', '--extensions-max', '0'], { extensionsMax: 0 }],
  [['settings', '--extensions-max', '999'], { extensionsMax: 999 }],
  [['settings', '--extensions-max', 'none'], { extensionsMax: null }],
  [['settings', '--publishable-may-book', 'false'], { publishableMayBook: false }],
  [['settings', '--publishable-may-open-channels', 'true'], { publishableMayOpenChannels: true }],
  [['settings'], {}],
])('the command line %j changes %j', (args, change) => {
  expect(readKeysOptions(args, {})).toMatchObject({ command: { change } })
})
