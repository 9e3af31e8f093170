import { createEvent, faultsOf, send, type Attack, type Ground } from './ground.ts'

const MEGABYTE = 1024 * 1024
/** How much longer than an ordinary body of its size a hostile one may keep others waiting, and what always is fine. */
const RATIO_MAX = 10
const FINE_MS = 600

/** About so many bytes of JSON in shapes that parsers and checks like least. */
const shapes: Readonly<Record<string, (bytes: number) => string>> = {
  'empty arrays': (bytes) => `{"objectLabels":[${repeat('[],', bytes)}[]]}`,
  'empty objects': (bytes) => `{"objectLabels":[${repeat('{},', bytes)}{}]}`,
  'one-letter labels': (bytes) =>
    `{"objectLabels":[${repeat('"a",', bytes)}"a"],"holdToken":"12345678"}`,
  nulls: (bytes) => `{"objectLabels":[${repeat('null,', bytes)}null]}`,
  'deep arrays': (bytes) => '['.repeat(bytes / 2) + ']'.repeat(bytes / 2),
  'deep objects': (bytes) => '{"a":'.repeat(bytes / 6) + '1' + '}'.repeat(bytes / 6),
  'wide below sixty levels': (bytes) =>
    `{"objectLabel":"A-1","extraData":${'['.repeat(60)}${repeat('1,', bytes)}1${']'.repeat(60)}}`,
  'branches below sixty levels': (bytes) =>
    `{"objectLabel":"A-1","extraData":${'['.repeat(60)}${repeat('[],', bytes)}[]${']'.repeat(60)}}`,
  'many names': (bytes) => `{${names(bytes)}}`,
  'many names in extra data': (bytes) => `{"objectLabel":"A-1","extraData":{${names(bytes)}}}`,
  'one long text': (bytes) => `{"objectLabel":"${'x'.repeat(bytes)}"}`,
  'escaped quotes': (bytes) => `{"objectLabel":"${repeat('\\"', bytes)}"}`,
  'big numbers': (bytes) => `{"ttlSeconds":${'9'.repeat(bytes)}}`,
  brackets: (bytes) => '['.repeat(bytes),
}

/** No body of legal size keeps everybody else waiting, whatever is in it. */
export const bodies: Attack = async (ground) => {
  const { url, attacker, witness } = ground
  const rows = [{ label: 'A', seats: ['1', '2'] }]
  const [own, other] = await Promise.all([
    createEvent(url, attacker.secretKey, rows),
    createEvent(url, witness.secretKey, rows),
  ])
  const path = `/api/v1/events/${own.eventKey}/seats/hold`
  const limits = { path, watched: other.eventKey }
  const ordinary = `{"objectLabel":"A-1","holdToken":"12345678","note":"${'x'.repeat(MEGABYTE - 200)}"}`
  const usual = await waitBehind(ground, { ...limits, body: ordinary, name: 'ordinary' })
  const msMax = Math.max(FINE_MS, usual.ms * RATIO_MAX)
  const faults = [...usual.faults]
  for (const [name, shape] of Object.entries(shapes)) {
    const waited = await waitBehind(ground, { ...limits, body: shape(MEGABYTE - 200), name })
    faults.push(...waited.faults)
    if (waited.ms > msMax) {
      faults.push(
        `${name}: others waited ${Math.round(waited.ms)} ms, ${Math.round(msMax)} allowed`,
      )
    }
  }
  return faults
}

/** How long somebody else's reading takes that was sent right after the body. */
async function waitBehind(
  { url, attacker, witness }: Ground,
  sent: { path: string; watched: string; body: string; name: string },
): Promise<{ ms: number; faults: string[] }> {
  const hostile = send(url, `POST ${sent.path}`, { key: attacker.secretKey, body: sent.body })
  const read = send(url, `GET /api/v1/events/${sent.watched}`, { key: witness.secretKey })
  const [answer, watched] = await Promise.all([hostile, read])
  const faults = faultsOf(sent.name, [answer, watched])
  return { ms: Math.max(watched.ms, answer.ms), faults }
}

function repeat(piece: string, bytes: number): string {
  return piece.repeat(Math.floor(bytes / piece.length) - 20)
}

function names(bytes: number): string {
  const count = Math.floor(bytes / 12)
  return Array.from({ length: count }, (_, index) => `"n${index}":1`)
    .join(',')
    .slice(0, bytes)
    .replace(/,[^,]*$/, '')
}
