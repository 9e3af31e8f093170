import { createHmac } from 'node:crypto'
import type { Instant } from '../clock.ts'
import { SECRET_PREFIX } from './secret.ts'

// Every delivery is signed twice, so that receivers written for SeatBuilder and receivers written with a library of Standard
// Webhooks both verify it as it is. The two differ in what they sign and in how they read the secret: the former takes the
// whole text as the key, the latter the base64 behind `whsec_`.

/** What is signed: the id of the notice or of the batch, the moment, and the body byte for byte as it is sent. */
export interface SignedContent {
  readonly id: string
  readonly at: Instant
  readonly body: string
}

/** Headers that carry both signatures, with each of the secrets, the newest first. */
export function signatureHeaders(
  secrets: readonly string[],
  { id: told, at, body }: SignedContent,
): Record<string, string> {
  const id = headerId(told)
  const seconds = String(Math.floor(at / 1000))
  const plain = secrets.map((secret) => `v1=${hmac(secret, `${seconds}.${body}`).toString('hex')}`)
  const standard = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64')
    return `v1,${hmac(key, `${id}.${seconds}.${body}`).toString('base64')}`
  })
  return {
    'seats-signature': [`t=${seconds}`, ...plain].join(','),
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': standard.join(' '),
  }
}

/**
 * The notice's id as a header can carry it: labels may hold any character, so all but letters, digits, `:`, `-`, `_` and `~`
 * are percent-encoded. A full stop too: it separates what is signed.
 */
export function headerId(noticeId: string): string {
  return encodeURIComponent(noticeId.toWellFormed())
    .replace(/[.!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%3A', ':')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
