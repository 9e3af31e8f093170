import type { WireRequest } from './wire.ts'

interface Refused {
  status: number
  body: object
}

/** Refuses a request that is not signed at all or lacks parts; signatures are not verified. */
export function checkSignature({ url, headers }: WireRequest): Refused | undefined {
  const header = headers['authorization']
  const authorization = header === undefined ? undefined : String(header)
  const query = new URL(url, 'http://localhost').searchParams
  const inQuery = query.has('X-Amz-Algorithm')
  if (authorization !== undefined && inQuery) {
    return refused(
      'InvalidSignatureException',
      "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    )
  }
  if (authorization === undefined ? !inQuery : !authorization.trim().startsWith('AWS4-')) {
    return refused('MissingAuthenticationTokenException', 'Request is missing Authentication Token')
  }
  const message =
    authorization === undefined ? queryFault(query) : headerFault(authorization, headers)
  return message === '' ? undefined : refused('IncompleteSignatureException', message)
}

function headerFault(authorization: string, headers: WireRequest['headers']): string {
  const given = new Set(
    authorization
      .split(/,| /)
      .slice(1)
      .map((part) => part.trim().split('='))
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([name]) => name),
  )
  const absent = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !given.has(name))
    .map((name) => `Authorization header requires '${name}' parameter. `)
  if (headers['x-amz-date'] === undefined && headers['date'] === undefined) {
    absent.push(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
    )
  }
  return absent.length === 0 ? '' : `${absent.join('')}Authorization=${authorization}`
}

function queryFault(query: URLSearchParams): string {
  const names = ['Algorithm', 'Credential', 'Signature', 'SignedHeaders', 'Date']
  const absent = names
    .map((name) => `X-Amz-${name}`)
    .filter((name) => (query.get(name) ?? '') === '')
    .map((name) => `AWS query-string parameters must include '${name}'. `)
  return absent.length === 0 ? '' : `${absent.join('')}Re-examine the query-string parameters.`
}

function refused(name: string, message: string): Refused {
  return { status: 400, body: { __type: `com.amazon.coral.service#${name}`, message } }
}
