import type { Answer } from './engine.ts'
import type { WireRequest } from './wire.ts'

/** What a signature must consist of. */
const PARTS = ['Credential', 'Signature', 'SignedHeaders']

/** Refuses a request that is not signed at all or lacks parts; signatures are not verified. */
export function checkSignature({ headers }: Pick<WireRequest, 'headers'>): Answer | undefined {
  const authorization = String(headers['authorization'] ?? '').trim()
  if (!authorization.startsWith('AWS4-')) {
    return refused('MissingAuthenticationTokenException', 'Request is missing Authentication Token')
  }
  const absent = PARTS.filter((part) => !new RegExp(`[, ]${part}=[^, ]`).test(authorization)).map(
    (part) => `Authorization header requires '${part}' parameter. `,
  )
  if (headers['x-amz-date'] === undefined && headers['date'] === undefined) {
    absent.push(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
    )
  }
  if (absent.length === 0) return undefined
  return refused('IncompleteSignatureException', `${absent.join('')}Authorization=${authorization}`)
}

function refused(code: string, message: string): Answer {
  return { status: 400, code, body: { __type: code, message } }
}
