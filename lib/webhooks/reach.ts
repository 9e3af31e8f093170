import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import {
  checkUrl,
  isAllowedAddress,
  isLoopbackHost,
  plainHost,
  type AddressPolicy,
} from './address.ts'

/** An address that a host has. */
export interface Address {
  readonly address: string
  readonly family: 4 | 6
}

/** Asks which addresses a name has; rejects where it has none. */
export type Resolver = (name: string) => Promise<readonly Address[]>

/** The machine's own resolver. */
export const systemResolver: Resolver = async (name) => {
  const found = await lookup(name, { all: true })
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
}

/** Where a delivery may connect to, or why it may not. */
export type AddressLookUp =
  | { readonly ok: true; readonly addresses: readonly [Address, ...Address[]] }
  | { readonly ok: false; readonly failure: string }

const NOT_ALLOWED = { ok: false, failure: 'address not allowed' } as const

/** Names of this very machine are not asked for: whoever answers for them elsewhere has no say. */
const THIS_MACHINE = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
] as const

/**
 * Finds the addresses to which a delivery may connect. Refuses a URL that could not be registered now, and a host of which a
 * single address is not allowed: whoever names both a public and a private one means no good. Whoever connects must connect to
 * one of these, without asking again.
 */
export async function reach(
  url: string,
  resolve: Resolver,
  policy: AddressPolicy,
): Promise<AddressLookUp> {
  if (checkUrl(url, policy) !== undefined) return NOT_ALLOWED
  const [first, ...rest] = await addressesOf(plainHost(new URL(url).hostname), resolve)
  if (first === undefined) return { ok: false, failure: 'name not found' }
  const addresses = [first, ...rest] as const
  const areAllowed = addresses.every(({ address }) => isAllowedAddress(address, policy))
  return areAllowed ? { ok: true, addresses: [first, ...rest] } : NOT_ALLOWED
}

async function addressesOf(host: string, resolve: Resolver): Promise<readonly Address[]> {
  const family = isIP(host)
  if (family !== 0) return [{ address: host, family: family === 6 ? 6 : 4 }]
  if (isLoopbackHost(host)) return THIS_MACHINE
  return resolve(host)
}
