import { createHash, timingSafeEqual } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'
import type { APIGatewayProxyEvent } from 'aws-lambda'
import { plainAddress, type AddressSource } from '../network.ts'
import { headerValues } from './headers.ts'

/** By which the server in front shows who it is. */
export const ORIGIN_HEADER = 'X-Holdfast-Origin'

/**
 * From which address a request came: that of the header, where the server in front has shown who it is and wrote an address there, and
 * else the one that API Gateway was called from.
 */
export function addressOf(event: APIGatewayProxyEvent, source: AddressSource | undefined): string {
  const { sourceIp } = event.requestContext.identity
  if (source === undefined || !isFromFront(event, source)) return plainAddress(sourceIp)
  const values = headerValues(event, source.header).flatMap((sent) => sent.split(','))
  return readAddress(values.at(-source.fromRight)?.trim() ?? '') ?? plainAddress(sourceIp)
}

/** One sending, so that a caller's own beside it does not pass. */
function isFromFront(event: APIGatewayProxyEvent, { originSecret }: AddressSource): boolean {
  if (originSecret === undefined) return true
  const [sent, ...others] = headerValues(event, ORIGIN_HEADER)
  return sent !== undefined && others.length === 0 && isSame(sent, originSecret)
}

/** Compares hashes, which are of one length, in a time that tells nothing. */
export function isSame(one: string, other: string): boolean {
  const hashOf = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hashOf(one), hashOf(other))
}

/** An address as headers have it: bare, in brackets, or with a port after it. */
function readAddress(text: string): string | undefined {
  const bare = /^\[([^\]]*)\](:\d+)?$/.exec(text)?.[1] ?? text
  const known = [bare, bare.replace(/:\d+$/, '')].find((it) => isIPv4(it) || isIPv6(it))
  return known === undefined ? undefined : plainAddress(known)
}
