import { changeSeats } from '../../lib/actions/seats/change-seats.ts'
import type { Context } from '../../lib/actions/context.ts'
import type { Change } from '../../lib/rules/machine.ts'
import type { Refusal } from '../../lib/refusals.ts'
import type { World } from '../world.ts'
import type { Answer, Order, Seller } from './seller.ts'

/** Sells through the action that every endpoint for seats calls. */
export function openHoldfast({ context }: Pick<World, 'context'>): Seller {
  return {
    name: 'Holdfast',
    async send(order) {
      const [first, ...rest] = order.parts
      if (first === undefined) throw new Error('An order names at least one event')
      const request = { parts: [first, ...rest], change: changeOf(order) } as const
      const outcome = await changeSeats(context, request)
      return outcome.ok ? 'done' : answerTo(outcome.refusal)
    },
  }
}

/** A context whose one request has an idempotency key of its own, and an answer as short as the shortest. */
export function withKey(context: Context): Context {
  const { ids, caller } = context
  const name = { keyId: caller.keyId, hash: ids.hex(HASH_LENGTH) }
  const answer = { status: 200, body: '{}' }
  const receiptFor = () => ({ ...name, fingerprint: ids.hex(HASH_LENGTH), answer })
  return { ...context, keyed: { ...name, receiptFor } }
}

/** Of a SHA-256 in hexadecimal characters. */
const HASH_LENGTH = 64

function changeOf({ verb, token, until }: Order): Change {
  switch (verb) {
    case 'hold':
    case 'extend':
      return { kind: verb, holdToken: token, until }
    case 'book':
      return { kind: 'book-held', holdToken: token }
    case 'release':
      return { kind: 'release' }
  }
}

function answerTo(refusal: Refusal): Answer {
  if (refusal.code !== 'seats-refused') throw new Error(`The bench was refused: ${refusal.code}`)
  return refusal.seats.every(({ code }) => code === 'busy') ? 'busy' : 'taken'
}
