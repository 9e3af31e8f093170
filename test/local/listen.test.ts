import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { instant } from '../../lib/clock.ts'
import { signatureHeaders } from '../../lib/webhooks/sign.ts'
import { TOLERANCE_SECONDS, whyNotVerified } from '../../commands/receiver.ts'
import { demoKeys } from '../../local/demo/seed-demo.ts'
import { bookedNotice } from '../support/notices.ts'
import { startProduct } from '../support/product.ts'
import { startReceiver } from '../support/receivers.ts'

const SECRET = 'whsec_0d4f7a1be92c4538a6c1f0e47b3d9215'
const OTHER = 'whsec_7be1904c5f2d4a83b6e0d1f95a3c2876'

const program = fileURLToPath(new URL('../../commands/listen.ts', import.meta.url))

/** Starts `npm run listen -- …`; it is killed after the test. */
function listen(...args: string[]) {
  const { PATH = '', HOME = '' } = process.env
  const command = ['--import', 'tsx', program, ...args]
  const child = spawn(process.execPath, command, { env: { PATH, HOME } })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const read = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout.on('data', read)
  child.stderr.on('data', read)
  return { output: () => output, ended }
}

async function urlOf({ output }: ReturnType<typeof listen>): Promise<string> {
  await expect.poll(output, { timeout: 20_000 }).toContain('Listening at ')
  return /http:\S+/.exec(output())?.[0] ?? ''
}

const now = () => instant(Date.now())

function signedPost(secrets: string[], body: string, at = now()) {
  const headers = signatureHeaders(secrets, { id: 'n1', at, body })
  return { method: 'POST', body, headers }
}

test('each verified notice is printed on a line; a missing or wrong signature is answered with 401', async () => {
  const started = listen('--port', '0', '--secret', SECRET)
  const url = await urlOf(started)
  const notice = bookedNotice(7, now())
  const body = JSON.stringify(notice)
  const status = async (init: RequestInit) => (await fetch(url, init)).status
  expect(await status(signedPost([SECRET], body))).toBe(204)
  expect(await status(signedPost([OTHER, SECRET], body))).toBe(204)
  expect(await status(signedPost([OTHER], body))).toBe(401)
  expect(await status({ method: 'POST', body })).toBe(401)
  expect(await status({ method: 'GET' })).toBe(405)
  const both = JSON.stringify({ notices: [notice, bookedNotice(8, now())] })
  expect(await status(signedPost([SECRET], both))).toBe(204)
  await expect.poll(started.output).toContain('S-A-8')
  const line = `${notice.occurredAt}  seat.booked  evt_1  S-A-7  held → booked, version 2  ${notice.id}`
  const printed = () =>
    started
      .output()
      .split('\n')
      .filter((text) => text === line)
  await expect.poll(printed).toHaveLength(3)
})

test('without a secret everything is printed, and that nothing is verified', async () => {
  const started = listen('--port', '0')
  const url = await urlOf(started)
  expect((await fetch(url, { method: 'POST', body: 'hello' })).status).toBe(204)
  await expect.poll(started.output).toContain('204  not a notice: hello\n')
  expect(started.output()).toContain('Signatures are not verified: start with --secret whsec_…')
})

test('a port that is taken is said to be, with what to do', async () => {
  const blocker = listen('--port', '0')
  const taken = new URL(await urlOf(blocker)).port
  const started = listen('--port', taken)
  expect(await started.ended).toBe(1)
  expect(started.output()).toBe(`Port ${taken} is taken: name another one with --port\n`)
})

test.each([
  [['--port', 'x'], 1, '--port must be a number from 0 to 65535, not x'],
  [['--port', '65536'], 1, '--port must be a number from 0 to 65535, not 65536'],
  [['--secret', 'abc'], 1, '--secret must be an endpoint'],
  [['--secrets'], 1, 'Usage: npm run listen'],
  [['--help'], 0, 'Usage: npm run listen'],
])('%j ends with %i and says: %s', async (args, code, text) => {
  const started = listen(...args)
  expect(await started.ended).toBe(code)
  expect(started.output()).toContain(text)
})

test.each([
  [-TOLERANCE_SECONDS - 1, 'Seats-Signature is too old'],
  [-TOLERANCE_SECONDS + 1, undefined],
  [0, undefined],
  [TOLERANCE_SECONDS - 1, undefined],
  [TOLERANCE_SECONDS + 2, 'Seats-Signature is too old'],
])('a signature of %i seconds from now is verified or not: %s', (seconds, reason) => {
  const at = instant(now() + seconds * 1_000)
  const { headers, body } = signedPost([SECRET], '{}', at)
  expect(whyNotVerified({ secret: SECRET, headers, body }, Date.now())).toBe(reason)
})

test('both signatures must be right', () => {
  const { headers, body } = signedPost([SECRET], '{}')
  const check = (changes: Record<string, string>) =>
    whyNotVerified({ secret: SECRET, body, headers: { ...headers, ...changes } }, Date.now())
  expect(check({})).toBeUndefined()
  expect(check({ 'seats-signature': `${headers['seats-signature']}0` })).toBe(
    'Seats-Signature is wrong',
  )
  expect(check({ 'seats-signature': 'v1=a,t=1' })).toMatch('missing or not readable')
  expect(check({ 'webhook-id': 'n2' })).toMatch('webhook-signature')
})

test('as it starts, what the product has for it waits no longer', async () => {
  const product = startProduct()
  const origin = await product.url
  expect(origin, product.output()).toBeDefined()
  const call = async (path: string, body?: object) => {
    const answer = await fetch(`${origin}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'X-Api-Key': demoKeys.secret },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return (await answer.json()) as Record<string, unknown>
  }
  const closed = await startReceiver(() => 204)
  const { port } = new URL(closed.url)
  await closed.close()
  const created = await call('/webhooks', {
    url: `http://localhost:${port}/`,
    events: ['seat.held'],
  })
  const token = { holdToken: 'buyer-of-one-seat' }
  await call('/events/evt_demo/seats/hold', { objectLabel: 'S-A-1', ...token })
  const health = async () => (await call(`/webhooks/${String(created['id'])}`))['health']
  await expect.poll(health, { timeout: 30_000 }).toMatchObject({ status: 'failing' })
  const { port: productPort } = new URL(String(origin))
  const started = listen('--port', port, '--product', productPort)
  await expect.poll(started.output, { timeout: 30_000 }).toContain('it is tried now')
  await expect.poll(started.output, { timeout: 30_000 }).toContain('seat.held')
}, 120_000)
