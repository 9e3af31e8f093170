import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEvent, faultsOf, listen, send, type Attack } from './ground.ts'

/** As many as one workspace may have, each of which is told of everything. */
const RECEIVERS = 20
const HOLDS = 40

/** Milliseconds in which the witness must be told, where a minute and more had passed. */
const TOLD_MS_MAX = 20_000

/** Receivers that take every delivery and never answer delay nobody else's; and one workspace cannot take all webhooks. */
export const hanging: Attack = async ({ url, attacker, witness }) => {
  const seats = Array.from({ length: HOLDS }, (_, index) => String(index + 1))
  const [own, other] = await Promise.all(
    [attacker, witness].map(({ secretKey }) =>
      createEvent(url, secretKey, [{ label: 'A', seats }]),
    ),
  )
  if (own === undefined || other === undefined) throw new Error('Bug: no ground')
  const mute = createServer(() => undefined)
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
  const { port } = mute.address() as AddressInfo
  const key = attacker.secretKey
  const hook = { url: `http://127.0.0.1:${port}/`, events: ['seat.held'] }
  const register = () => send(url, 'POST /api/v1/webhooks', { key, body: hook })
  const faults: string[] = []
  for (let count = 1; count <= RECEIVERS; count += 1) await register()
  const tooMany = await register()
  if (tooMany.status !== 409) faults.push(`one webhook too many was answered ${tooMany.status}`)
  const eyes = await listen(url, witness.secretKey, ['seat.held'])
  const hold = (secretKey: string, eventKey: string, seat: string) =>
    send(url, `POST /api/v1/events/${eventKey}/seats/hold`, {
      key: secretKey,
      body: { objectLabel: `A-${seat}`, holdToken: `token-of-seat-${seat}` },
    })
  const held = await Promise.all(seats.map((seat) => hold(key, own.eventKey, seat)))
  faults.push(...faultsOf('holds of whoever hangs', held))
  for (const seat of seats.slice(0, 3)) {
    const { status } = await hold(witness.secretKey, other.eventKey, seat)
    if (status !== 200) faults.push(`the witness could not hold: answered ${status}`)
    const isTold = await eyes.has(`"A-${seat}"`, TOLD_MS_MAX)
    if (!isTold) faults.push(`the witness was not told of A-${seat} within ${TOLD_MS_MAX} ms`)
  }
  eyes.close()
  mute.closeAllConnections()
  mute.close()
  return faults
}
