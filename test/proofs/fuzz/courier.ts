import { once } from 'node:events'
import { openSocket, readToEnd, send } from '../../support/http.ts'
import { headersOf, type Attempt } from './attempt.ts'
import { ANSWER_MS_MAX, type Exchange } from './judge.ts'
import type { RawRequest } from './raw-requests.ts'
import type { World } from './world.ts'

/** Sends a request over HTTP; no answer in time is no reply. */
export async function deliver({ url, stranger }: World, attempt: Attempt): Promise<Exchange> {
  const { method, target, body } = attempt
  const headers = ['Host', new URL(url).host, ...headersOf(attempt, stranger.secret)]
  const signal = AbortSignal.timeout(2 * ANSWER_MS_MAX)
  const sentAt = performance.now()
  const sent = send(url, target, {
    method,
    headers,
    signal,
    ...(body === undefined ? {} : { body }),
  })
  const reply = await sent.catch(() => undefined)
  return { attempt, reply, milliseconds: Math.round(performance.now() - sentAt) }
}

/** Sends bytes and hangs up its side; says what is wrong with what came back. */
export async function deliverRaw({ url }: World, raw: RawRequest): Promise<string[]> {
  const socket = await openSocket(url)
  const said = readToEnd(socket)
  socket.setTimeout(ANSWER_MS_MAX, () => socket.destroy(new Error('no end')))
  const ended = once(socket, 'close')
  socket.end(raw.bytes)
  await ended
  return judgeRaw(raw, await said)
}

function judgeRaw({ statuses }: RawRequest, said: string): string[] {
  const [first = 0] = Array.from(said.matchAll(/^HTTP\/1\.1 (\d{3}) /gm), ([, status]) =>
    Number(status),
  )
  const wanted = statuses.join(' or ')
  const faults = statuses.includes(first)
    ? []
    : [`status ${first}, not ${wanted}: ${said.slice(0, 300)}`]
  return /sk_test_|pk_test_/.test(said) ? [...faults, 'tells a key'] : faults
}
