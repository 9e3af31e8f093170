import { createEvent, faultsOf, send, type Answer, type Attack, type Ground } from './ground.ts'

/** Three bytes in UTF-8, one in a label's length. */
const WIDE = '席'
const ROW_LABEL = WIDE.repeat(190)
const OBJECTS_MAX = 1_000
const EXTRA_BYTES = 4_000

interface Batch {
  readonly ground: Ground
  readonly eventKey: string
  readonly labels: readonly string[]
}

/** The largest legal requests are made or refused; what was made can be read, released and made again. */
export const sizes: Attack = async (ground) => {
  const { url, attacker } = ground
  const seats = Array.from({ length: OBJECTS_MAX }, (_, index) => String(index + 1))
  const { eventKey } = await createEvent(url, attacker.secretKey, [{ label: ROW_LABEL, seats }])
  const labels = seats.map((seat) => `${ROW_LABEL}-${seat}`)
  const all: Batch = { ground, eventKey, labels }
  const token = await send(url, 'POST /hold-tokens', { key: attacker.secretKey, body: {} })
  const holdToken = String(token.body['holdToken'])
  const faults = [
    ...(await go(all, { action: 'hold', extra: { holdToken }, status: 'reservedByToken' })),
    ...(await go(all, { action: 'release', extra: { holdToken }, status: 'free' })),
    ...(await go(all, { action: 'book', extra: { orderId: WIDE.repeat(60) }, status: 'booked' })),
    ...(await go(all, { action: 'release', extra: {}, status: 'free' })),
  ]
  const ordinary = await createEvent(url, ground.witness.secretKey, [{ label: 'A', seats: ['1'] }])
  const one = await send(url, `POST /events/${ordinary.eventKey}/actions/book`, {
    key: ground.witness.secretKey,
    body: { objects: ['A-1'] },
  })
  return one.status === 204 || one.status === 200 ? faults : [...faults, 'the witness cannot book']
}

async function go(
  { ground, eventKey, labels }: Batch,
  wanted: { action: string; extra: object; status: string },
): Promise<string[]> {
  const { url, attacker } = ground
  const { action, extra, status } = wanted
  const objects = labels.map((objectId, index) =>
    // A body holds 1 MB: some carry the most extra data that one may.
    action === 'book' && index < 80
      ? { objectId, extraData: { text: 'x'.repeat(EXTRA_BYTES) } }
      : objectId,
  )
  const key = attacker.secretKey
  const path = `POST /events/${eventKey}/actions/${action}`
  const answer = await send(url, path, { key, body: { objects, ...extra } })
  const what = `${action} of ${labels.length}`
  if (answer.status >= 300)
    return [`${what}: answered ${answer.status} ${answer.text.slice(0, 160)}`]
  const read: Answer[] = []
  for (const label of [labels[0], labels[499], labels.at(-1)]) {
    const at = `GET /events/${eventKey}/objects/${encodeURIComponent(String(label))}`
    read.push(await send(url, at, { key }))
  }
  const shown = read.map(({ body }) => body['status'])
  const faults = faultsOf(`reading after ${what}`, read)
  if (shown.every((it) => it === status)) return faults
  return [...faults, `${what}: objects read ${shown.join(', ')}`]
}
