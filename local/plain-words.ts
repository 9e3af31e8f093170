interface SystemError extends Error {
  readonly code?: string
  readonly syscall?: string
  readonly address?: string
  readonly hostname?: string
  readonly port?: number
  readonly input?: string
}

/** What systems and the SDK say in codes, by the code or the name. */
const sentences: Readonly<Record<string, (error: SystemError) => string>> = {
  EADDRINUSE: ({ port }) => `Port ${port ?? ''} is taken by another program`,
  EACCES: ({ syscall, port, message }) =>
    syscall === 'listen'
      ? `Port ${port ?? ''} may not be used by this user: ports from 1024 on may`
      : message,
  ECONNREFUSED: (error) => `nothing answers at ${placeOf(error)}`,
  ECONNRESET: () => 'the connection was cut',
  ETIMEDOUT: (error) => `${placeOf(error)} does not answer`,
  EHOSTUNREACH: (error) => `${placeOf(error)} cannot be reached`,
  ENOTFOUND: ({ hostname = '' }) => `there is no host called ${hostname}`,
  ERR_INVALID_URL: ({ input = '' }) => `${input} is no URL`,
  CredentialsProviderError: () =>
    'there are no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE',
}

/** Says what went wrong in words, without the codes in which systems say it; what has no words here says what it said. */
export function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // What was tried at several addresses failed at each, and says nothing itself.
  if (error instanceof AggregateError && error.errors.length > 0) return inWords(error.errors[0])
  if (error.message === 'Region is missing') return 'no AWS Region is named: set AWS_REGION'
  const say = sentences[(error as SystemError).code ?? ''] ?? sentences[error.name]
  return say?.(error) ?? (error.message || error.name)
}

function placeOf({ address, port }: SystemError): string {
  return address === undefined ? 'the address' : `${address}:${port ?? ''}`
}
