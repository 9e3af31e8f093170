import { fromBase64url, toBase64url } from './base64url.ts'

// An admission token is text in three parts: `hfa1.<payload>.<signature>`.
//
// 1. The payload is JSON in UTF-8, as base64url: `e` the keys of the events, `i` the id, `x` the end in milliseconds since 1970; where they
//    are given, `n` the begin, in milliseconds too, and `q` the quota. Fields that are not known are passed over.
// 2. The signature is the HMAC-SHA-256 of `hfa1.<payload>` as it is sent, under the UTF-8 of the workspace's admission key, as base64url.
// 3. Whoever checks one looks at the signature first, in a time that tells nothing of it, and at what is said only then.
//
// It is made for one buyer, and shows who signed it, not who sends it: whoever has it may use it, as far as its quota goes.

/** What a token says. */
export interface Admission {
  /** Keys of the events, or seasons, that it lets into: at least one. */
  readonly events: readonly string[]
  /** Names the buyer's turn: what is held is counted under it, so a token that is given anew goes on counting with the same. */
  readonly id: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  /** Milliseconds since 1970, where it is not good at once. */
  readonly notBefore?: number
  /** How many objects may come to be held under the id, in all; without it any number. */
  readonly quota?: number
}

/** How a token begins: the version of its form. */
const VERSION = 'hfa1'

/** Characters of a token: it travels in a header. */
export const TOKEN_LENGTH_MAX = 2_048

/** Characters of an id. */
export const ID_LENGTH_MAX = 64

/** Objects of a quota. */
export const QUOTA_MAX = 10_000

/** Milliseconds by which the clocks of those who sign and of those who check may differ. */
export const SKEW_MS = 5_000

/** Milliseconds for which a token may still be good when it is used: what would be good for longer was signed by mistake. */
export const LIFE_MS_MAX = 7 * 24 * 60 * 60 * 1_000

/** Makes a token; throws a `RangeError` where no checker would take what it is to say. */
export async function makeAdmission(key: string, admission: Admission): Promise<string> {
  const { events, id, expiresAt, notBefore, quota } = admission
  const fault = faultIn(admission)
  if (fault !== undefined) throw new RangeError(fault)
  const said = JSON.stringify({ e: events, i: id, x: expiresAt, n: notBefore, q: quota })
  const signed = `${VERSION}.${toBase64url(new TextEncoder().encode(said))}`
  const signature = await crypto.subtle.sign('HMAC', await importKey(key), bytesOf(signed))
  const token = `${signed}.${toBase64url(new Uint8Array(signature))}`
  if (token.length <= TOKEN_LENGTH_MAX) return token
  throw new RangeError(`the token has more than ${TOKEN_LENGTH_MAX} characters: name fewer events`)
}

/** Reads a token that one of the keys has signed; undefined where none has, or it says nothing that can be understood. */
export async function readAdmission(
  token: string,
  keys: readonly string[],
): Promise<Admission | undefined> {
  if (token.length > TOKEN_LENGTH_MAX) return undefined
  const [version, payload = '', signature = '', ...more] = token.split('.')
  if (version !== VERSION || more.length > 0) return undefined
  const [said, mac] = [fromBase64url(payload), fromBase64url(signature)]
  if (said === undefined || mac === undefined) return undefined
  const signed = bytesOf(`${VERSION}.${payload}`)
  for (const key of keys) {
    if (await crypto.subtle.verify('HMAC', await importKey(key), mac, signed)) return decode(said)
  }
  return undefined
}

/** What may be wrong with a token that is signed as it should be. */
export type AdmissionFault = 'other-event' | 'too-early' | 'expired' | 'lives-too-long'

/** Whether a token that was read lets into an event at a moment: undefined where it does. Its quota is for whoever counts. */
export function faultOf(
  { events, expiresAt, notBefore = 0 }: Admission,
  { eventKey, now }: { eventKey: string; now: number },
): AdmissionFault | undefined {
  if (!events.includes(eventKey)) return 'other-event'
  if (now >= expiresAt + SKEW_MS) return 'expired'
  if (now < notBefore - SKEW_MS) return 'too-early'
  return expiresAt - now > LIFE_MS_MAX + SKEW_MS ? 'lives-too-long' : undefined
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

function importKey(key: string) {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  return crypto.subtle.importKey('raw', bytesOf(key), algorithm, false, ['sign', 'verify'])
}

/** The signature was right: whatever this cannot read was signed by mistake. */
function decode(said: Uint8Array<ArrayBuffer>): Admission | undefined {
  const value = parse(new TextDecoder().decode(said))
  if (typeof value !== 'object' || value === null) return undefined
  const { e: events, i: id, x: expiresAt, n: notBefore, q: quota } = value as Partial<Said>
  const admission: Claims = { events, id, expiresAt, notBefore, quota }
  return faultIn(admission) === undefined ? clean(admission as Admission) : undefined
}

type Said = Readonly<Record<'e' | 'i' | 'x' | 'n' | 'q', unknown>>

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function clean({ notBefore, quota, ...always }: Admission): Admission {
  return {
    ...always,
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(quota === undefined ? {} : { quota }),
  }
}

/** What somebody says a token is to say. */
type Claims = { readonly [Field in keyof Admission]?: unknown }

/** Why it can be no admission. */
function faultIn({ events, id, expiresAt, notBefore, quota }: Claims): string | undefined {
  const isKeys = Array.isArray(events) && events.length > 0 && events.every(isKey)
  if (!isKeys) return 'events must be a list of keys, with at least one'
  if (typeof id !== 'string' || !ID_FORM.test(id)) {
    return `id must have 1 to ${ID_LENGTH_MAX} letters, digits, - and _`
  }
  if (!isTime(expiresAt)) return 'expiresAt must be a time in whole milliseconds'
  if (notBefore !== undefined && !isTime(notBefore)) {
    return 'notBefore must be a time in whole milliseconds'
  }
  if (quota === undefined) return undefined
  const isQuota = isTime(quota) && quota >= 1 && quota <= QUOTA_MAX
  return isQuota ? undefined : `quota must be a whole number from 1 to ${QUOTA_MAX}`
}

const ID_FORM = new RegExp(`^[\\w-]{1,${ID_LENGTH_MAX}}$`)

function isKey(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
