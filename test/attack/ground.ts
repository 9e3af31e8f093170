import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { systemClock } from '../../lib/clock.ts'
import { drawChart } from '../support/drawings.ts'

/** What an attack finds: a sentence for each promise that was broken. */
export type Attack = (ground: Ground) => Promise<readonly string[]>

/** A running product, and two companies in it: one attacks, the other must not notice. */
export interface Ground {
  readonly url: string
  readonly attacker: Company
  readonly witness: Company
  /** Whole numbers below a bound, the same ones for the same seed. */
  readonly dice: (bound: number) => number
}

/** A company made for the attack, with its first workspace. */
export interface Company {
  readonly adminKey: string
  readonly workspaceKey: string
  /** Opens the workspace on both surfaces. */
  readonly secretKey: string
}

/** An answer; `body` is empty where it is no JSON object. */
export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly text: string
  readonly headers: Headers
  readonly ms: number
}

/** What is sent beside method and path. */
export interface Sending {
  readonly key: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Milliseconds after which a request counts as never answered. */
const ANSWER_MS_MAX = 60_000
const SYSTEM_SECRET = 'secret-of-the-attack'

/** Starts the product on a free port, with nothing of AWS in its environment. */
export async function startProduct(): Promise<{ url: string; stop: () => Promise<number | null> }> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', 'local/main.ts'], {
    cwd: new URL('../..', import.meta.url),
    env: { PATH, HOME, PORT: '0', HOLDFAST_SYSTEM_SECRET: SYSTEM_SECRET },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  const exited = once(child, 'exit')
  // Read to the end: a full pipe would stop the product.
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    const found = /ready at (\S+)/.exec(line)?.[1]
    if (found !== undefined) lines.emit('ready', found)
  })
  const [url] = (await once(lines, 'ready', { signal: AbortSignal.timeout(ANSWER_MS_MAX) })) as [
    string,
  ]
  const stop = async () => {
    child.kill('SIGTERM')
    const [code] = (await exited) as [number | null]
    return code
  }
  return { url, stop }
}

/** Makes a company with a workspace of its own. */
export async function createCompany(url: string): Promise<Company> {
  const { body } = await send(url, 'POST /system/private/create-test-company', {
    key: SYSTEM_SECRET,
  })
  const { admin, workspace } = body as {
    admin: { secretKey: string }
    workspace: { key: string; secretKey: string }
  }
  return {
    adminKey: admin.secretKey,
    workspaceKey: workspace.key,
    secretKey: workspace.secretKey,
  }
}

/** Sends a request in the language of its path; a text is sent as it is. Status 0 where no answer came. */
export async function send(url: string, request: string, sending: Sending): Promise<Answer> {
  const [method = 'GET', path = '/'] = request.split(' ')
  const { key, body, headers = {} } = sending
  const authorization: Record<string, string> = path.startsWith('/api/')
    ? { 'X-Api-Key': key }
    : { Authorization: `Basic ${btoa(`${key}:`)}` }
  const begunAt = performance.now()
  try {
    const answer = await fetch(url + path, {
      method,
      headers: { ...authorization, ...headers },
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    const { status, headers: told } = answer
    return { status, body: read(text), text, headers: told, ms: performance.now() - begunAt }
  } catch (error) {
    const ms = performance.now() - begunAt
    return { status: 0, body: {}, text: String(error), headers: new Headers(), ms }
  }
}

function read(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** Publishes a chart with these seats, each a row of its own name, and makes an event on it. */
export async function createEvent(
  url: string,
  key: string,
  rows: readonly { label: string; seats: readonly string[] }[],
): Promise<{ chartKey: string; eventKey: string }> {
  const drawn = rows.map(({ label, seats }, row) => ({
    label,
    seats: seats.map((seat, index) => ({
      label: seat,
      x: index * 20,
      y: 60 + row * 30,
      categoryKey: 1,
    })),
  }))
  const draft = drawChart({ rows: drawn, focalPoint: { x: 0, y: 0 } })
  const chart = await send(url, 'POST /api/v1/charts', {
    key,
    body: { name: 'Ground', draftVersion: draft },
  })
  const chartKey = String(chart.body['chartKey'])
  const published = await send(url, `POST /api/v1/charts/${chartKey}/publish`, { key })
  if (published.status !== 200) throw new Error(`the ground was not laid: ${published.text}`)
  const event = await send(url, 'POST /api/v1/events', { key, body: { chartKey, name: 'Night' } })
  return { chartKey, eventKey: String(event.body['eventKey']) }
}

/** Registers a receiver of everything that is told of a workspace; `has` says whether a text was told within the time. */
export async function listen(url: string, key: string, events: readonly string[]) {
  const heard: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      heard.push(Buffer.concat(chunks).toString())
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const hook = { url: `http://127.0.0.1:${port}/`, events }
  const registered = await send(url, 'POST /api/v1/webhooks', { key, body: hook })
  if (registered.status !== 201) throw new Error(`no receiver: ${registered.text}`)
  const has = async (text: string, msMax: number) => {
    const until = performance.now() + msMax
    while (!heard.some((body) => body.includes(text))) {
      if (performance.now() > until) return false
      await systemClock.sleep(50)
    }
    return true
  }
  return { has, close: () => server.close() }
}

/** A sentence for an answer that is a fault of the product: none at all, or a 5xx that does not ask to come again. */
export function faultsOf(what: string, answers: readonly Answer[]): string[] {
  return answers
    .filter(({ status }) => status === 0 || (status >= 500 && status !== 503))
    .map(({ status, text }) => `${what}: answered ${status} ${text.slice(0, 120)}`)
}
