import { isIPv4, isIPv6 } from 'node:net'
import { defined } from './defined.ts'

/** Where a request tells from which address it came, if not API Gateway tells it. */
export interface AddressSource {
  /** `X-Forwarded-For`, or whatever header the server in front writes. */
  readonly header: string
  /** Which of its values, counted from the last: whoever hands a request on adds one at the end, and a caller may have begun the list. */
  readonly fromRight: number
  /** What the server in front says in `X-Holdfast-Origin`; without it everybody who reaches the API is believed. */
  readonly originSecret?: string
}

/** Variables that name the source of addresses. */
export const addressVariables = {
  header: 'HOLDFAST_ADDRESS_HEADER',
  fromRight: 'HOLDFAST_ADDRESS_FROM_RIGHT',
  originSecret: 'HOLDFAST_ORIGIN_SECRET',
} as const

/** Servers that can stand one behind the other, each of which adds a value. */
export const FROM_RIGHT_MAX = 10

/** The source that an environment names; undefined where it names none. Throws where it cannot be meant. */
export function addressSourceFrom(env: NodeJS.ProcessEnv): AddressSource | undefined {
  const { header, fromRight: count, originSecret: secret } = addressVariables
  const { [header]: name = '', [count]: place = '1', [secret]: originSecret } = env
  if (name === '') return undefined
  const fromRight = Number(place)
  if (!Number.isInteger(fromRight) || fromRight < 1 || fromRight > FROM_RIGHT_MAX) {
    throw new Error(`${count} must be a whole number from 1 to ${FROM_RIGHT_MAX}, not ${place}`)
  }
  if (originSecret === '') throw new Error(`${secret} is empty: anybody could send that`)
  return { header: name, fromRight, ...defined({ originSecret }) }
}

/** An IPv4 address in the clothes of IPv6 is that address. */
export function plainAddress(address: string): string {
  const inside = address.replace(/^::ffff:/i, '')
  return isIPv4(inside) ? inside : address
}

/** Who shares an address as far as can be told: of IPv6 a household, or one machine, has 64 bits to choose from. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::')
  const groupsOf = (text: string) => (text === '' ? [] : text.split(':'))
  const front = groupsOf(head)
  const back = tail === undefined ? [] : groupsOf(tail)
  const zeros = Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0')
  const groups = tail === undefined ? front : [...front, ...zeros, ...back]
  const prefix = groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''))
  return `${prefix.join(':')}::/64`
}
