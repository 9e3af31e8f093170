import { hostileBodies } from '../support/hostile-bodies.ts'
import { createEvent, faultsOf, send, type Attack, type Ground } from './ground.ts'

const MEGABYTE = 1024 * 1024
/** How much longer than an ordinary body of its size a hostile one may keep others waiting, and what always is fine. */
const RATIO_MAX = 10
const FINE_MS = 600

/** So many bytes at most. */
const BYTES = MEGABYTE - 1_000

/** Bodies that parsers and checks like least. */
const hostile: Readonly<Record<string, string>> = {
  ...hostileBodies(BYTES),
  nulls: `{"objectLabels":[${'null,'.repeat(BYTES / 6)}null]}`,
  'fields without end': `{${Array.from({ length: BYTES / 13 }, (_, index) => `"n${index}":1`).join(',')}}`,
  'one long text': `{"objectLabel":"${'x'.repeat(BYTES - 100)}"}`,
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
  for (const [name, body] of Object.entries(hostile)) {
    const waited = await waitBehind(ground, { ...limits, body, name })
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
  const sending = send(url, `POST ${sent.path}`, { key: attacker.secretKey, body: sent.body })
  const read = send(url, `GET /api/v1/events/${sent.watched}`, { key: witness.secretKey })
  const [answer, watched] = await Promise.all([sending, read])
  const faults = faultsOf(sent.name, [answer, watched])
  return { ms: Math.max(watched.ms, answer.ms), faults }
}
