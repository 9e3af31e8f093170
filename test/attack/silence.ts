import { createEvent, faultsOf, listen, send, type Attack } from './ground.ts'

/** Texts that a bus, a queue or a key may refuse for good. */
const poison = [
  'poison-\uffff-token',
  'poison-\ufffe-token',
  'poison-\u0000-token',
  'poison-\u0008-token',
  'poison-\u001f-token',
  'poison-\u007f-token',
  'poison-\ud800-token',
  'poison-\udfff-token',
  'poison-\u2028-token',
  'poison-\ud83d\ude00-token',
]

/** Milliseconds in which the witness must be told, whatever the attacker sent before. */
const TOLD_MS_MAX = 20_000

/** Nobody can silence others, nor themselves: what was answered as done is told, poison or not. */
export const silence: Attack = async ({ url, attacker, witness }) => {
  const seats = poison.map((_, index) => String(index + 1))
  const [own, other] = await Promise.all(
    [attacker, witness].map(({ secretKey }) =>
      createEvent(url, secretKey, [
        { label: 'A', seats },
        { label: 'B', seats },
      ]),
    ),
  )
  if (own === undefined || other === undefined) throw new Error('Bug: no ground')
  const events = ['seat.held', 'seat.booked']
  const [ears, eyes] = await Promise.all([
    listen(url, attacker.secretKey, events),
    listen(url, witness.secretKey, events),
  ])
  const faults: string[] = []
  const done: string[] = []
  for (const [index, text] of poison.entries()) {
    const key = attacker.secretKey
    const path = `POST /api/v1/events/${own.eventKey}/seats`
    const held = await send(url, `${path}/hold`, {
      key,
      body: { objectLabel: `A-${index + 1}`, holdToken: text, ttlSeconds: 600 },
    })
    const booked = await send(url, `${path}/book`, {
      key,
      body: { objectLabel: `B-${index + 1}`, holdToken: text, extraData: { [text]: text } },
    })
    const second = await send(url, `POST /events/${own.eventKey}/actions/book`, {
      key,
      body: { objects: [{ objectId: `B-${index + 1}`, extraData: { a: text } }], orderId: text },
    })
    faults.push(...faultsOf(`poison ${JSON.stringify(text)}`, [held, booked, second]))
    if (held.status === 200) done.push(`A-${index + 1}`)
    if (booked.status === 200 || second.status === 200) done.push(`B-${index + 1}`)
  }
  const path = `POST /api/v1/events/${other.eventKey}/seats/hold`
  const body = { objectLabel: 'A-1', holdToken: 'token-of-the-witness' }
  await send(url, path, { key: witness.secretKey, body })
  if (!(await eyes.has('"A-1"', TOLD_MS_MAX))) faults.push('the witness was not told of a hold')
  for (const label of done) {
    if (!(await ears.has(`"${label}"`, TOLD_MS_MAX))) faults.push(`${label} was never told`)
  }
  ears.close()
  eyes.close()
  return faults
}
