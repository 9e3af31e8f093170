import ipaddr from 'ipaddr.js'
import { URL_LENGTH_MAX } from '../limits/limits.ts'

// Where webhooks may go. A URL is checked by its text when it is registered; and whatever its host turns out to be when a
// delivery is made is checked again, address by address, since names can point anywhere and change at any time.

/** Ports that receivers may listen on unless the installation names others: each further one is a service to be tried out. */
export const WEBHOOK_PORTS: readonly number[] = [443, 8443]

/** Where receivers may be. */
export interface AddressPolicy {
  /** Whether those on this very machine are welcome, on any port and without TLS: only where everything runs on one. */
  readonly allowsLoopback: boolean
  readonly ports?: readonly number[]
}

/** What is wrong with a receiver's URL under any policy; undefined where the policy decides. */
export function urlFault(text: string): string | undefined {
  if (text.length > URL_LENGTH_MAX) return `Must be at most ${URL_LENGTH_MAX} characters`
  const url = parse(text)
  if (url === undefined) return 'Must be an absolute URL'
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'Must begin with https://'
  if (url.username !== '' || url.password !== '') return 'Must not contain a user or a password'
  const kind = kindOfHost(url.hostname)
  if (kind === 'loopback') return undefined
  if (url.protocol !== 'https:') return 'Must begin with https://'
  return kind === 'refused' ? 'Must not point to a private or reserved address' : undefined
}

/** Checks a receiver's URL without asking anyone: why it cannot be registered, or undefined where it can. */
export function checkUrl(
  text: string,
  { allowsLoopback, ports = WEBHOOK_PORTS }: AddressPolicy,
): string | undefined {
  const fault = urlFault(text)
  if (fault !== undefined) return fault
  const url = new URL(text)
  if (kindOfHost(url.hostname) === 'loopback') {
    if (allowsLoopback) return undefined
    return url.protocol === 'https:' ? 'Must not point to this machine' : 'Must begin with https://'
  }
  const port = url.port === '' ? HTTPS_PORT : Number(url.port)
  return ports.includes(port) ? undefined : `Must have one of the ports ${ports.join(', ')}`
}

/** The port that a URL leaves out. */
const HTTPS_PORT = 443

/** Whether a delivery may connect to that address. */
export function isAllowedAddress(address: string, { allowsLoopback }: AddressPolicy): boolean {
  const kind = kindOfAddress(address)
  return kind === 'public' || (kind === 'loopback' && allowsLoopback)
}

/** Whether a host, as a parsed URL spells it, is this very machine by its name or its address. */
export function isLoopbackHost(hostname: string): boolean {
  return kindOfHost(hostname) === 'loopback'
}

/** A host without what only URLs put around it: brackets, and the dot of a full name. */
export function plainHost(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
}

/** The parser forgives spaces around a URL and drops those inside; what is stored is sent to, so it must have none. */
function parse(text: string): URL | undefined {
  if (/[\s\p{Cc}]/u.test(text)) return undefined
  return URL.canParse(text) ? new URL(text) : undefined
}

/** Where a host or an address leads; `name` is whatever DNS says when it is asked. */
type Kind = 'public' | 'loopback' | 'refused' | 'name'

/** The parser has made plain addresses of all numeric spellings, and lower case of names. */
function kindOfHost(hostname: string): Kind {
  const host = plainHost(hostname)
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback'
  return ipaddr.isValid(host) ? kindOfAddress(host) : 'name'
}

/** Addresses of the internet that are assigned to hosts; of all others only those of this machine have a name here. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3')

function kindOfAddress(text: string): Kind {
  if (!ipaddr.isValid(text) || text.includes('%')) return 'refused'
  const address = ipaddr.parse(text)
  const range = address.range()
  if (range === 'loopback') return 'loopback'
  if (range !== 'unicast') return 'refused'
  // IPv4 inside IPv6 in all its forms, and what nobody was given, lies outside.
  return address.kind() === 'ipv4' || address.match(GLOBAL_UNICAST) ? 'public' : 'refused'
}
